namespace MultiStepOperations;

/// <summary>The connection to the caller broke before the answer was through.</summary>
public sealed class ConnectionLostException(string message) : Exception(message);
