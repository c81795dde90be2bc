using Durable;

namespace OrderProcessing;

/// <summary>Charge, confirm, save; where that comes to nothing, refund. Each order is a run of its own, and a step that completed never runs again.</summary>
public sealed partial class OrderWorkflow(IPayments payments, IMailer mailer, IOrderArchive archive)
{
    // What is durable. The generator writes these halves.
    [Workflow] public partial Task<Receipt> ProcessOrderAsync(Order order);

    [Step, Retry(MaxAttempts = 6, InitialDelay = "20ms", RetryOn = [typeof(GatewayBusyException)])]
    private partial Task<Charge> ChargeCustomerAsync([StepKey] string orderId, decimal amount, string currency);
    [Step(Mode = StepMode.AtMostOnce)] private partial Task SendConfirmationAsync(string orderId, string email);
    [Step] private partial Task SaveOrderAsync(string orderId, string chargeId);
    [Step] private partial Task RefundCustomerAsync(string orderId, string chargeId);

    // What they do: plain C#.
    private async Task<Receipt> ProcessOrderAsyncCore(Order order, WorkflowContext workflow)
    {
        var charge = await ChargeCustomerAsync(order.Id, order.Amount, order.Currency);
        workflow.Compensate("refund", _ => RefundCustomerAsync(order.Id, charge.Id)); // Should the run fail for good from here on.

        var confirmed = true;
        try
        {
            await SendConfirmationAsync(order.Id, order.Email);
        }
        catch (StepInterruptedException)
        {
            confirmed = false; // The process died in it. Whether the mail is out nobody knows, and two are worse than none.
        }

        await SaveOrderAsync(order.Id, charge.Id);
        return new Receipt(order.Id, charge.Id, order.Amount, order.Currency, confirmed);
    }

    // The token is the same each time this body runs for this order: the provider charges once, whatever happens to us.
    private Task<Charge> ChargeCustomerAsyncCore(string orderId, decimal amount, string currency, StepContext step)
        => payments.ChargeAsync(orderId, amount, currency, step.IdempotencyToken);

    private Task SendConfirmationAsyncCore(string orderId, string email, StepContext step)
        => mailer.SendAsync(orderId, email, step.IdempotencyToken);

    private Task SaveOrderAsyncCore(string orderId, string chargeId, StepContext step)
        => archive.SaveAsync(orderId, chargeId, step.IdempotencyToken);

    private Task RefundCustomerAsyncCore(string orderId, string chargeId, StepContext step)
        => payments.RefundAsync(orderId, chargeId, step.IdempotencyToken);
}
