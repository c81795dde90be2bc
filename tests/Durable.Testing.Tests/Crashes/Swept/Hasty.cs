namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A mistake: an argument that is another one each time.</summary>
public sealed partial class Hasty
{
    [Workflow] public partial Task<int> RunAsync();

    [Step] private partial Task<int> StampAsync(string at);

    private Task<int> RunAsyncCore() => StampAsync(Guid.NewGuid().ToString());

    private int StampAsyncCore(string at) => 1;
}
