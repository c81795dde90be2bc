using Durable.Execution;
using Durable.TestKit.Programs;

namespace Durable.Runtime.Tests.Ordering;

/// <summary>Runs the random program of a seed on the thread pool, with bodies that end at the same instant, and drops it from one of its bodies.</summary>
internal sealed class ThreadedProgram
{
    // Only a run that hangs waits so long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly int _seed;
    private readonly RunRig<string> _rig;
    private readonly ProgramSteps _steps;
    private ProgramTrace _trace = new();
    private Incarnation? _incarnation;
    private int _bodiesUntilDrop;

    public ThreadedProgram(int seed)
    {
        _seed = seed;
        _bodiesUntilDrop = new Random(seed).Next(1, 8);
        _steps = new ProgramSteps(PaceAsync);
        var program = ConcurrentProgram.Generate(seed);
        _rig = new RunRig<string>(TestWorkflow.Define("Program", workflow => program.RunAsync(workflow, _trace, _steps)));
    }

    /// <summary>Runs until the program has ended, and checks that what the first incarnation saw is how the last one begins.</summary>
    public async Task RunAndCheckAsync()
    {
        var traces = new List<ProgramTrace>();
        do
        {
            traces.Add(_trace = new ProgramTrace());
            _incarnation = _rig.Claim();
            await _rig.DriveAsync(_incarnation).WaitAsync(s_patience);
        }
        // Dropped while its outcome was being written, a run may have ended or not.
        while (await _rig.StatusAsync() == RunStatus.Running);

        await _rig.ResultAsync();
        foreach (var dropped in traces)
        {
            var lines = dropped.Lines;
            Assert.Equal(lines, traces[^1].Lines.Take(lines.Count));
        }
    }

    private async Task PaceAsync(StepContext step)
    {
        if (Interlocked.Decrement(ref _bodiesUntilDrop) == 0)
            _incarnation!.Drop("test");
        // A body that yields ends on another thread, and lets others overtake it.
        for (var i = (_seed + step.StepId.Length) % 3; i > 0; i--)
            await Task.Yield();
    }
}
