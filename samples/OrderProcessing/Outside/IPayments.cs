namespace OrderProcessing;

/// <summary>Charges customers. Called again with the same token, it does nothing a second time.</summary>
public interface IPayments
{
    Task<Charge> ChargeAsync(string orderId, decimal amount, string currency, Guid token);
}
