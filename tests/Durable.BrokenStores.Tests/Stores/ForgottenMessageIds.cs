namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Knows the ids of messages only while they are in the inbox.</summary>
internal sealed class ForgottenMessageIds(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken)
    {
        var verdict = await Inner.SendSignalAsync(signal, cancellationToken);
        return verdict == SignalVerdict.Duplicate && await Inner.ReadInboxAsync(signal.RunId, 0, cancellationToken) is []
            ? await Inner.SendSignalAsync(signal with { MessageId = null }, cancellationToken)
            : verdict;
    }
}
