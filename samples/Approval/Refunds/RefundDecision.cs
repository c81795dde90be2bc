namespace Approval;

/// <summary>What a human answers who agrees. Who does not rejects the request, with a reason.</summary>
/// <param name="By">Who has decided.</param>
public sealed record RefundDecision(string By);
