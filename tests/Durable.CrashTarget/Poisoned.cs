using System.Diagnostics;

namespace Durable.CrashTarget;

/// <summary>A run that kills its process with SIGKILL whenever it comes to its second step, until it is mended, and runs beside it that want to get on.</summary>
/// <remarks>In the first processes, those beside it never end: they are all in the midst of a body when the process dies.</remarks>
public sealed partial class Poisoned(Bodies bodies, Company company)
{
    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> BeforeAsync(long value);
    [Step] private partial Task<Link> WorkAsync(long value, [StepKey] long seed);

    private async Task<Outcome> RunAsyncCore(long seed)
    {
        var before = await BeforeAsync(seed);
        var work = await WorkAsync(before.Value, seed);
        return new Outcome(work.Value, [before.Proof, work.Proof]);
    }

    private Task<Link> BeforeAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 1);

    private async Task<Link> WorkAsyncCore(long value, long seed, StepContext step)
    {
        var link = await bodies.RunAsync(step, value * 2);
        if (!company.IsMended)
            await (seed == 1 ? company.KillAsync() : company.StayAsync());
        return link;
    }
}

/// <summary>The runs of a process that one of them kills.</summary>
/// <param name="trace">Where each kill is noted.</param>
/// <param name="others">How many there are beside it.</param>
/// <param name="isMended">True when it kills no more.</param>
public sealed class Company(TraceFile trace, int others, bool isMended)
{
    /// <summary>The processes in which everybody waits for the end.</summary>
    private const int Shared = 3;

    private readonly CountdownEvent _present = new(others);

    public bool IsMended { get; } = isMended;

    private bool IsShared => trace.Count("kill") < Shared;

    public async Task KillAsync()
    {
        if (IsShared)
            await Task.Run(_present.Wait);
        trace.Add([$"kill {Environment.ProcessId} -"]);
        Process.GetCurrentProcess().Kill();
    }

    public async Task StayAsync()
    {
        var isShared = IsShared;
        if (!isShared)
            return;
        _present.Signal();
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
