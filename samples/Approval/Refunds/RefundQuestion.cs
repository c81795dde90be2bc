namespace Approval;

/// <summary>What a human is asked.</summary>
/// <param name="Order">What the customer had ordered.</param>
/// <param name="Amount">How much they are to get back.</param>
/// <param name="Limit">Up to what amount nobody is asked.</param>
public sealed record RefundQuestion(string Order, decimal Amount, decimal Limit);
