namespace Durable.Testing.Faults;

/// <summary>A fault that has found its call.</summary>
/// <param name="Fault">The fault, by the number of its call over all verbs: given to another plan, it finds the same call of the same execution.</param>
/// <param name="Verb">The verb that was called.</param>
public sealed record FaultHit(Fault Fault, string Verb)
{
    /// <summary>The fault and its verb in one line, for instance <c>FailAfter at call 17 (CommitAsync)</c>.</summary>
    public override string ToString() => $"{Fault} ({Verb})";
}
