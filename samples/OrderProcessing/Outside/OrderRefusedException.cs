namespace OrderProcessing;

/// <summary>The archive does not take an order, and never will.</summary>
public sealed class OrderRefusedException(string message) : Exception(message);
