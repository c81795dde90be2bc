namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Does not wake a suspended run to be canceled.</summary>
internal sealed class SleepsOn(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
        => await Inner.FindRunAsync(request.RunId, cancellationToken) is { Status: RunStatus.Suspended }
            ? RunStatus.Suspended
            : await Inner.CancelRunAsync(request, cancellationToken);
}
