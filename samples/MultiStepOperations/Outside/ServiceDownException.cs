namespace MultiStepOperations;

/// <summary>An outside service does not work at the moment.</summary>
public sealed class ServiceDownException(string message) : Exception(message);
