namespace OrderProcessing;

/// <summary>Keeps finished orders. Called again with the same token, it does nothing a second time.</summary>
public interface IOrderArchive
{
    Task SaveAsync(string orderId, string chargeId, Guid token);
}
