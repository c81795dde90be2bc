namespace Approval;

/// <summary>What a customer is to get back.</summary>
/// <param name="Order">What they had ordered.</param>
/// <param name="Amount">How much.</param>
/// <param name="AnswerWithin">How long a human has to decide, where one is asked.</param>
public sealed record Refund(string Order, decimal Amount, TimeSpan AnswerWithin);
