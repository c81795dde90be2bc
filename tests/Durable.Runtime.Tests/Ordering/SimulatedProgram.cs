using Durable.Execution;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit.Programs;

namespace Durable.Runtime.Tests.Ordering;

/// <summary>Runs the random program of a seed under a simulation of the same seed: which work runs next, which body ends next, when an incarnation is dropped.</summary>
internal sealed class SimulatedProgram
{
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly ConcurrentProgram _program;
    private readonly List<TaskCompletionSource> _bodies = [];
    private readonly ProgramSteps _steps;
    private ProgramTrace _trace = new();

    public SimulatedProgram(int seed, bool mayFail = false)
    {
        _random = new Random(seed);
        _scheduler = new SimulationScheduler(new Random(seed));
        _program = ConcurrentProgram.Generate(seed, mayFail);
        _steps = new ProgramSteps(PaceAsync);
    }

    /// <summary>What each incarnation saw.</summary>
    public List<IReadOnlyList<string>> Traces { get; } = [];

    /// <summary>The checkpoints when the run had ended.</summary>
    public IReadOnlyList<CheckpointRecord> History { get; private set; } = [];

    public string Result { get; private set; } = "";

    public int Executions => _steps.Executions.Count;

    /// <summary>Runs to the end, over as many incarnations as the seed says; at least one of them is dropped.</summary>
    public void Run()
    {
        var rig = NewRig(awaitsOnlyDurableWork: _random.Next(2) == 0);
        for (var drops = _random.Next(1, 4); ; drops--)
        {
            var end = Incarnation(rig, lifetime: drops > 0 ? _random.Next(1, 40) : null);
            Traces.Add(_trace.Lines);
            if (end == RunEnd.Ended)
                break;
        }

        Result = rig.ResultAsync().GetAwaiter().GetResult();
        History = rig.Store.ReadCheckpointsAsync(RunRig<string>.RunId, default).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Runs, and resumes as often as the run fails and a resume makes a difference; what it ended as.</summary>
    public RunStatus RunAndResume()
    {
        var rig = NewRig(awaitsOnlyDurableWork: _random.Next(2) == 0);
        while (true)
        {
            while (Incarnation(rig, lifetime: _random.Next(2) == 0 ? _random.Next(1, 40) : null) != RunEnd.Ended)
            {
            }

            var run = rig.FindAsync().GetAwaiter().GetResult();
            var transition = rig.Store.Commits.Last(commit => commit.Transition is not null).Transition!;
            if (run.Status != RunStatus.Failed || transition.FailingSet.Count == 0)
                return run.Status;
            rig.Store.ResumeRunAsync(new ResumeRequest(run.RunId, AcceptDivergence: false), default).AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Replays a history in a new store: what its code saw, and whether it came to its end.</summary>
    public (IReadOnlyList<string> Trace, RunStatus Status) Replay(IReadOnlyList<CheckpointRecord> history)
    {
        var rig = NewRig(awaitsOnlyDurableWork: true);
        var first = rig.Claim();
        var written = rig.Store.CommitAsync(new RunCommit { RunId = first.Lease.RunId, Epoch = first.Lease.Epoch, Checkpoints = history, Transition = new RunTransition { Status = RunStatus.Pending } }, default);
        Assert.Equal(CommitResult.Committed, written.AsTask().GetAwaiter().GetResult());
        Incarnation(rig, lifetime: null);
        return (_trace.Lines, rig.StatusAsync().GetAwaiter().GetResult());
    }

    /// <summary>The history as replay would see it that answers each call from the checkpoints as soon as it is made.</summary>
    public IReadOnlyList<CheckpointRecord> InOrderOfCalls()
    {
        var calls = _steps.Calls.ToList();
        return [.. History.OrderBy(checkpoint => calls.IndexOf(_steps.Executions.LabelOf(checkpoint.StepId))).Select((checkpoint, i) => checkpoint with { Sequence = i + 1 })];
    }

    private RunRig<string> NewRig(bool awaitsOnlyDurableWork)
    {
        var workflow = TestWorkflow.Define("Program", workflow => _program.RunAsync(workflow, _trace, _steps), awaitsOnlyDurableWork: awaitsOnlyDurableWork);
        var rig = new RunRig<string>(workflow, scheduler: _scheduler);
        // By chance, an incarnation may be dropped at once many times in a row.
        rig.Options.PoisonLimit = 1_000;
        return rig;
    }

    // With a lifetime, in pieces of work, an incarnation never comes to the run's end: one that would is dropped right before it.
    private RunEnd Incarnation(RunRig<string> rig, int? lifetime)
    {
        _trace = new ProgramTrace();
        var incarnation = rig.Claim();
        rig.Store.Before = lifetime is null ? null : (_, request) =>
        {
            if (request is not RunCommit { Transition.Status: not RunStatus.Pending })
                return Task.CompletedTask;
            incarnation.Drop("test");
            return Task.FromCanceled(incarnation.Held);
        };
        var end = rig.DriveAsync(incarnation);
        while (!end.IsCompleted)
        {
            if (lifetime-- == 0)
                GiveUp(incarnation);
            if (!_scheduler.IsIdle && (_bodies.Count == 0 || _random.Next(4) > 0))
                _scheduler.RunOne();
            else if (_bodies.Count > 0)
                EndSomeBody(rig);
            else if (!end.IsCompleted)
                Assert.Fail("The run stands still.");
        }

        return end.GetAwaiter().GetResult();
    }

    // Bodies of a dropped incarnation go on into the next one, as they would in a process that lives.
    private void GiveUp(Incarnation incarnation)
    {
        if (_random.Next(3) == 0)
            incarnation.Drain();
        else
            incarnation.Drop("test");
    }

    private void EndSomeBody(RunRig<string> rig)
    {
        var index = _random.Next(_bodies.Count);
        var body = _bodies[index];
        _bodies.RemoveAt(index);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3)));
        body.SetResult();
    }

    private Task PaceAsync(StepContext step)
    {
        if (_random.Next(5) == 0)
            return Task.CompletedTask;
        var body = new TaskCompletionSource();
        _bodies.Add(body);
        return body.Task;
    }
}
