namespace Durable.Generators.Tests.Pipeline;

/// <summary>Projects that several tests look at.</summary>
internal static class Samples
{
    public const string Order = """
        namespace Acme;

        public sealed record Order(string Id, decimal Amount, string Email);
        public sealed record Charge(string Id);
        public sealed record Receipt(string OrderId, string ChargeId);
        public interface IPayments { Task<Charge> ChargeAsync(string orderId, decimal amount, Guid token); }

        public sealed partial class OrderWorkflow(IPayments payments)
        {
            [Workflow] public partial Task<Receipt> ProcessOrderAsync(Order order, int attempts = 3);

            [Step] private partial Task<Charge> ChargeCustomerAsync([StepKey] string orderId, decimal amount);
            [Step("send"), StepAlias("mail")] private partial Task SendConfirmationAsync(string email, CancellationToken cancellationToken);

            private async Task<Receipt> ProcessOrderAsyncCore(Order order, int attempts, WorkflowContext workflow)
            {
                var charge = await ChargeCustomerAsync(order.Id, order.Amount);
                await SendConfirmationAsync(order.Email, default);
                return new Receipt(order.Id, charge.Id);
            }

            private Task<Charge> ChargeCustomerAsyncCore(string orderId, decimal amount, StepContext step)
                => payments.ChargeAsync(orderId, amount, step.IdempotencyToken);

            private Task SendConfirmationAsyncCore(string email, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """;
}
