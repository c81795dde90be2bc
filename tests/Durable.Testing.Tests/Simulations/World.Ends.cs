using System.Text;
using System.Text.Json;
using Durable.Execution;
using Durable.Serialization;
using Durable.Storage;
using Durable.TestKit.Programs;

namespace Durable.Testing.Tests.Simulations;

// What a run may be let go of as, by all that is stored of it.
internal sealed partial class World
{
    /// <summary>A holder lets go of a run, which is stored.</summary>
    public void LetGo(LedgerRun kept, RunTransition transition)
    {
        var run = _runs[kept.Record.RunId];
        Trace.Note(transition.Status switch { RunStatus.Pending => "given back", RunStatus.Suspended => "suspended", RunStatus.Quarantined => "quarantined", _ => "ended" }, "", run.Id, (long)transition.Status);
        if (transition.Status == RunStatus.Pending || transition is { Status: RunStatus.Suspended, IsNextAttempt: false })
            return;
        var isCanceled = !kept.Record.Cancellation.IsEmpty;
        if (transition.Status == (isCanceled ? RunStatus.Completed : RunStatus.Canceled))
            Violated($"{run.Id} ended as {transition.Status}, and {(isCanceled ? "its cancellation had been accepted" : "nobody had asked for it")}");
        // What its code made of being told is not part of the programs.
        if (isCanceled && transition.Status is RunStatus.Canceled or RunStatus.Failed)
            return;
        if (run.Program is not { } program)
        {
            if (transition.Status is not (RunStatus.Completed or RunStatus.Quarantined))
                Violated($"{run.Id} ended as {transition.Status}");
            return;
        }

        var expected = ReferenceRun.Of(kept.Record, kept.Checkpoints, program, run.Executions);
        run.Expected[kept.Record.Attempt] = expected.Seen;
        var isAsExpected = transition.Status switch
        {
            RunStatus.Completed => expected.Result is { } result && JsonSerializer.Deserialize<string>(transition.Result.Span) == result,
            RunStatus.Failed => expected.Failure is { } failure && StoredError.Read(transition.Error)!.Message == failure.Message,
            RunStatus.Suspended => expected.Failure is { } failure && kept.Checkpoints.Last(checkpoint => checkpoint.Kind == CheckpointKind.RunAttempt) is var note && StoredError.Read(note.Error)!.Message == failure.Message,
            _ => false,
        };
        if (!isAsExpected)
        {
            Violated($"{run.Id} ended as {transition.Status} with {Encoding.UTF8.GetString(transition.Status == RunStatus.Completed ? transition.Result.Span : transition.Error.Span)}"
                + $"; by its history it has to come to '{expected.Result ?? expected.Failure?.Message}', waiting for [{string.Join(' ', expected.Waiting)}]");
        }

        if (transition.Status != RunStatus.Completed)
            JudgeFailure(run, kept, transition);
    }

    private void JudgeFailure(WorldRun run, LedgerRun kept, RunTransition transition)
    {
        // As many attempts of the run as its policy says, resumes among them, and none that would be the same again.
        var isGranted = run.Policy is { } policy && kept.Record.Attempt < policy.MaxAttempts && transition.FailingSet.Count > 0;
        if (transition.IsNextAttempt != isGranted)
            Violated($"attempt {kept.Record.Attempt} of {run.Id} failed with a failing set of {transition.FailingSet.Count}, and {(isGranted ? "no other follows" : "another follows")}");
        foreach (var sequence in transition.FailingSet)
        {
            var stepId = kept.Checkpoints[(int)sequence - 1].StepId;
            if (ProgramAttempts.Of(StepId.Parse(stepId).Name).OnFailure == StepFailure.Terminal)
                Violated($"{stepId} of {run.Id} failed for good, and is to run again");
        }
    }
}
