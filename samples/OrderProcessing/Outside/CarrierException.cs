namespace OrderProcessing;

/// <summary>The carrier refuses a parcel.</summary>
public sealed class CarrierException(string message) : Exception(message);
