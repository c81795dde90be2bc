namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Carries out a decision however the run stands by now: one that was made about an earlier attempt, or by somebody else meanwhile.</summary>
internal sealed class LateDecision(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
        => await Inner.FindRunAsync(decision.RunId, cancellationToken) is { } run && await Inner.DecideStepAsync(decision with { Epoch = run.Epoch, Attempt = run.Attempt }, cancellationToken);
}
