using Durable;

namespace Approval;

/// <summary>Pays money back. Over a limit a human is asked first; without an answer in time nothing is paid.</summary>
public sealed partial class RefundWorkflow(IPayments payments)
{
    public const decimal Limit = 100;

    /// <summary>The name of the request.</summary>
    public const string Request = "refund";

    // What is durable. The generator writes these halves.
    [Workflow] public partial Task<string> RefundAsync(Refund refund);

    [Step] private partial Task PayBackAsync(string order, decimal amount);
    [Step] private partial Task TellCustomerAsync(string order, string reason);

    // What they do: plain C#. While it waits for a human, the run is a row in the store and nothing else.
    private async Task<string> RefundAsyncCore(Refund refund, WorkflowContext workflow)
    {
        var approval = "within the limit";
        if (refund.Amount > Limit)
        {
            try
            {
                var question = new RefundQuestion(refund.Order, refund.Amount, Limit);
                var answer = await workflow.RequestAsync<RefundQuestion, RefundDecision>(Request, question, new RequestOptions { Timeout = refund.AnswerWithin });
                if (!answer.TryGetValue(out var decision))
                {
                    await TellCustomerAsync(refund.Order, "nobody has decided in time");
                    return "not paid: nobody has decided in time";
                }

                approval = $"approved by {decision.By}";
            }
            catch (StepFailedException rejection) when (rejection.IsCausedBy<RequestRejectedException>())
            {
                await TellCustomerAsync(refund.Order, rejection.Error.Message);
                return $"not paid: {rejection.Error.Message}";
            }
        }

        await PayBackAsync(refund.Order, refund.Amount);
        return $"paid: {approval}";
    }

    // The token is the same each time a body runs for this refund, so that nothing is paid twice.
    private Task PayBackAsyncCore(string order, decimal amount, StepContext step) => payments.PayBackAsync(order, amount, step.IdempotencyToken);

    private Task TellCustomerAsyncCore(string order, string reason, StepContext step) => payments.RefuseAsync(order, reason, step.IdempotencyToken);
}
