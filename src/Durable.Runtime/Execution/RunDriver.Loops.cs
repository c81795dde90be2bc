using Durable.CompilerServices;
using Durable.Registration;
using Durable.Storage;

namespace Durable.Execution;

// Loops whose finished iterations leave nothing behind, and runs that go on from their beginning.
internal sealed partial class RunDriver
{
    private long _dropped;

    /// <summary>A loop begins. Called by workflow code.</summary>
    /// <param name="loop">Its scope.</param>
    /// <returns>Its last iteration whose end is recorded; null for none.</returns>
    public long? LoopBegins(RunScope loop)
    {
        _outbox.Follow(loop.Path, _replay.SequencesIn(loop.Path));
        return _replay.LastIterationOf(loop.Path);
    }

    /// <summary>A loop has ended.</summary>
    public void LoopEnded(RunScope loop) => _outbox.Unfollow(loop.Path);

    /// <summary>What is written of a loop goes with the end of its iteration, but for that.</summary>
    public RunEffects DropWrittenIn(RunScope loop)
    {
        var written = _outbox.TakeWrittenIn(loop.Path);
        Interlocked.Add(ref _dropped, written.Count);
        return new RunEffects { Dropped = written };
    }

    /// <summary>The run goes on from its beginning with another call. Called by workflow code, on the run's context; the code goes no further.</summary>
    /// <exception cref="ArgumentException">The call is one of another workflow.</exception>
    /// <exception cref="InvalidOperationException">The highest version has another result, or the call is made where the run is being undone.</exception>
    public Task<TResult> ContinueAsNewAsync<TResult>(RunScope scope, WorkflowCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (NestedIn() is { } outer)
            return Task.FromException<TResult>(new NestedStepException("ContinueAsNew", outer));
        if (call.Workflow != Definition.Name)
            return Task.FromException<TResult>(new ArgumentException($"Run '{RunId}' is one of workflow '{Definition.Name}' and cannot go on as one of '{call.Workflow}'. Make the call with {Definition.CallFactory}, or start a child.", nameof(call)));
        if (scope.IsShielded)
            return Task.FromException<TResult>(new InvalidOperationException($"Run '{RunId}' cannot go on from its beginning out of a Shield or a Compensate: let that end first."));
        if (!CheckOnContext("ContinueAsNew"))
            return Never<TResult>();
        if (_stopped is not null)
            return RefuseAsync<TResult>();
        var definition = Engine.Workflows.HighestVersionOf(call);
        if (definition.ResultPayload.GetType() != Definition.ResultPayload.GetType())
            return Task.FromException<TResult>(new InvalidOperationException($"Run '{RunId}' would go on as version {definition.Version} of workflow '{Definition.Name}', whose result is another than version {Definition.Version} has. Give the new code a name of its own."));
        if (definition != call.Definition)
            WorkflowRegistry.CheckFits(call, definition);
        CodeEnded(new RunTransition { Status = RunStatus.Pending, Continuation = new ContinuedRun(new WorkflowIdentity(definition.Name, definition.Version), call.Input) });
        return Never<TResult>();
    }
}
