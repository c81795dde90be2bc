namespace Reminders;

/// <summary>The user asked for something that cannot be done; the message says what to change. Nothing was started.</summary>
public sealed class UsageException(string message) : Exception(message);
