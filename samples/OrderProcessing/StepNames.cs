namespace OrderProcessing;

/// <summary>The steps as the store, the ledger and the options call them.</summary>
public static class StepNames
{
    public const string ChargeCustomer = "ChargeCustomer";
    public const string SendConfirmation = "SendConfirmation";
    public const string SaveOrder = "SaveOrder";
    public const string RefundCustomer = "RefundCustomer";
    public const string ShipOrder = "ShipOrder";

    /// <summary>The steps of one order.</summary>
    public static readonly string[] OfOrders = [ChargeCustomer, SendConfirmation, SaveOrder, RefundCustomer];

    /// <summary>The steps of the batch.</summary>
    public static readonly string[] OfBatch = [ShipOrder];
}
