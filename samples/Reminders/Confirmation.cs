namespace Reminders;

/// <summary>What is sent into the run when a user confirms.</summary>
/// <param name="By">How: "link" or "desk".</param>
public sealed record Confirmation(string By);
