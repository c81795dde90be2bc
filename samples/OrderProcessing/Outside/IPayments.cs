namespace OrderProcessing;

/// <summary>Charges customers, and gives their money back. Called again with the same token, it does nothing a second time.</summary>
public interface IPayments
{
    Task<Charge> ChargeAsync(string orderId, decimal amount, string currency, Guid token);

    Task RefundAsync(string orderId, string chargeId, Guid token);
}
