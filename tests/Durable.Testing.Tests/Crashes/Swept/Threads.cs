namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Bodies that do real asynchronous work: on the thread pool, by the clock, and on each other.</summary>
public sealed partial class Threads(TimeProvider clock)
{
    [Workflow] public partial Task<int> RunAsync();

    [Step] private partial Task<int> OnThePoolAsync(int value);
    [Step] private partial Task<int> MinutesLaterAsync(int value);

    private async Task<int> RunAsyncCore()
    {
        var both = await Task.WhenAll(OnThePoolAsync(1), OnThePoolAsync(2));
        return both.Sum() + await MinutesLaterAsync(4);
    }

    private async Task<int> OnThePoolAsyncCore(int value)
    {
        await Task.Run(Thread.Yield).ConfigureAwait(false);
        return value;
    }

    private async Task<int> MinutesLaterAsyncCore(int value, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMinutes(5), clock, cancellationToken);
        return value;
    }
}
