namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Tells whoever answers second that he was the first.</summary>
internal sealed class AcceptsSecondAnswer(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken)
        => await Inner.AnswerRequestAsync(answer, cancellationToken) is var verdict && verdict == RequestVerdict.Answered ? RequestVerdict.Accepted : verdict;
}
