namespace EncryptedPayloads;

/// <summary>Something stands where nobody may read it, or that could not be found out.</summary>
public sealed class LeakException(string message) : Exception(message);
