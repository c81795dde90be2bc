namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A body that takes far longer than a lease, and stops when it is told to.</summary>
public sealed partial class Slow(Visits visits, TimeProvider clock)
{
    [Workflow] public partial Task<int> RunAsync();

    [Step] private partial Task<int> WaitAsync();

    private Task<int> RunAsyncCore() => WaitAsync();

    private async Task<int> WaitAsyncCore(CancellationToken cancellationToken)
    {
        visits.Enter();
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(5), clock, cancellationToken);
            return 1;
        }
        finally
        {
            visits.Leave();
        }
    }
}

/// <summary>How many bodies there were, and at once.</summary>
public sealed class Visits
{
    private int _atOnce;

    public int All { get; private set; }

    public int MostAtOnce { get; private set; }

    public int Inside => _atOnce;

    public void Enter()
    {
        All++;
        MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
    }

    public void Leave() => _atOnce--;
}
