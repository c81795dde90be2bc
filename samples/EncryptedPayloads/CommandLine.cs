using System.CommandLine;
using Durable;

namespace EncryptedPayloads;

/// <summary>The options and the exit codes: 0 all as promised, 1 something was not, 2 wrong usage, 130 stopped by Ctrl+C.</summary>
public static class CommandLine
{
    private static readonly Option<string> s_folder = new("--folder")
    {
        Description = "Where the store is written; one that is there from an earlier time is removed.",
        DefaultValueFactory = _ => Path.Combine("artifacts", "encrypted-payloads"),
    };

    /// <summary>Parses the arguments, runs the program with the store's file, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<string, CancellationToken, Task> program)
    {
        var command = new RootCommand("Runs workflows over personal data that is compressed and encrypted in the store, and lets the key change and get lost.") { s_folder };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() => program(Prepare(parsed.GetRequiredValue(s_folder)), cancellationToken)));

        var result = command.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));
    }

    private static string Prepare(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw new UsageException("--folder takes the name of a folder.");
        var store = Path.GetFullPath(Path.Combine(folder, "referrals.db"));
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(store)!, "referrals.db*"))
            File.Delete(file);
        return store;
    }

    private static async Task<int> GuardAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (UsageException exception)
        {
            return Fail(2, exception.Message);
        }
        catch (Exception exception) when (exception is LeakException or DurableException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return Fail(1, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(130, "Stopped.");
        }
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
