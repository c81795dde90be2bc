namespace OrderProcessing;

/// <summary>Ships parcels and returns their tracking numbers. Called again with the same token, it does nothing a second time.</summary>
public interface ICarrier
{
    Task<string> ShipAsync(string orderId, string customer, Guid token);
}
