namespace Durable;

/// <summary>What a run says of itself (<see cref="WorkflowContext.SetStatus"/>).</summary>
/// <param name="Text">In words; null for nothing.</param>
/// <param name="Fraction">How much is done, 0 to 1; null for nothing.</param>
public sealed record RunProgress(string? Text, double? Fraction);
