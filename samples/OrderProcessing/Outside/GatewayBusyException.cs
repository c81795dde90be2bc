namespace OrderProcessing;

/// <summary>The payment gateway did nothing: it has too much to do at the moment.</summary>
public sealed class GatewayBusyException(string message) : Exception(message);
