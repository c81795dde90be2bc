using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

// Undoing: what the code registered runs in reverse order once the run cannot complete any more. That it began is a checkpoint; what it does are steps like any other.
internal sealed partial class RunDriver
{
    private readonly Stack<(string Name, RunScope Scope, Func<WorkflowContext, Task> Body)> _compensations = new();
    private RunTransition? _toUndo;
    private CheckpointRecord? _toCompensate;
    private bool _codeIsOver;
    private bool _isFinal;
    private bool _isUndone;

    /// <summary>Takes what undoes what the code did. Called by workflow code, on the run's context.</summary>
    public void Compensate(string name, Func<WorkflowContext, Task> body)
        => _compensations.Push((name, Root.OpenCompensation(name), body));

    /// <summary>True once code has begun that is not taken back.</summary>
    public bool IsFinal => _isFinal;

    /// <summary>The code begins what is not taken back: no further attempt of the run follows from here.</summary>
    public void BecomeFinal() => _isFinal = true;

    // That undoing begins is stored, and delivered in its turn; until then nothing of it runs.
    private void BeginUndoing(RunTransition end)
    {
        _toUndo = null;
        var mark = new RunMark(this, CheckpointKind.CompensationStarted);
        var answer = _replay.Request(StepId.Parse(StepId.Run), [], mark.Kind, mark.Fingerprint);
        Root.Requested(mark);
        if (answer.Divergence is { } divergence)
        {
            Quarantine(divergence);
        }
        else if (answer is { Record: { } passedOver, IsCarriedOver: true })
        {
            CarryOver(mark, passedOver);
        }
        else if (answer.Record is { } record)
        {
            Replay(mark, record, argumentsChanged: false);
        }
        else
        {
            var status = end.Status == RunStatus.Canceled ? CheckpointStatus.Canceled : CheckpointStatus.Failed;
            _outbox.AddUnexecuted(mark, mark.Kind, Stopped(StoredError.Read(end.Error)!) with { Status = status });
            StopBodies();
        }
    }

    private void Undo(CheckpointRecord started)
    {
        BecomeFinal();
        StopCode(new ErrorInfo { TypeName = typeof(RunCanceledException).FullName!, Message = "its code has ended, and what it did is being undone" });
        OpenGuard = null;
        _toCompensate = started;
    }

    // What is under way may still take effect, and its branch may register what undoes that: it ends first. Looked at when the code is idle, at the same point on each replay.
    private bool CompensatesNow()
    {
        if (_toCompensate is not { } started || Root.HasCallsUnderWay)
            return false;
        _toCompensate = null;
        Post(_ => _ = CompensateAsync(started), null);
        return true;
    }

    private async Task CompensateAsync(CheckpointRecord started)
    {
        Log.CompensationBegins(Engine.Log, RunId, Definition.Name, _compensations.Count);
        var failures = new List<(string Name, ErrorInfo Error)>();
        while (_compensations.TryPop(out var next))
        {
            try
            {
                await CompensateAsync(next.Scope, next.Body);
            }
            catch (Exception) when (_halted)
            {
                // Lost lease or shutdown: the next incarnation goes on from here.
                return;
            }
            catch (Exception exception)
            {
                // What one leaves undone is no reason to leave the others undone as well.
                var failure = ErrorInfo.From(exception);
                Log.CompensationFailed(Engine.Log, RunId, next.Scope.Path, failure.TypeNames);
                failures.Add((next.Name, failure));
            }
        }

        // As it was recorded: code that fails by foreign work need not fail in the same way again.
        var status = started.Status == CheckpointStatus.Canceled && failures.Count == 0 ? RunStatus.Canceled : RunStatus.Failed;
        var error = failures.Count == 0 ? started.Error : StoredError.Write(CompensationFailure.Of(failures, StoredError.Read(started.Error)!));
        _isUndone = true;
        _codeEnd = new RunTransition { Status = status, Error = error, IsFinal = true };
        Signal();
    }

    private async Task CompensateAsync(RunScope scope, Func<WorkflowContext, Task> body)
    {
        Ambient.Enter(scope);
        try
        {
            await body(scope.Context);
        }
        finally
        {
            ScopeEnded(scope);
        }
    }
}
