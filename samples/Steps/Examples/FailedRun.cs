using Durable;

namespace Steps;

/// <summary>A failure that nobody catches fails the run. Resumed, it runs what failed again and nothing that completed.</summary>
public sealed partial class FailedRun(Notebook notebook)
{
    [Workflow] public partial Task<string> PublishAsync();

    [Step] private static partial Task<string> WriteAsync();
    [Step] private partial Task<string> PrintAsync(string text);

    private async Task<string> PublishAsyncCore() => await PrintAsync(await WriteAsync());

    private static string WriteAsyncCore()
    {
        Console.WriteLine("  writing");
        return "a letter";
    }

    private string PrintAsyncCore(string text)
    {
        Console.WriteLine("  printing");
        return notebook.Lines.Contains("paper") ? $"{text}, printed" : throw new IOException("The printer has no paper.");
    }
}
