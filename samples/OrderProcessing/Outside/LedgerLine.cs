namespace OrderProcessing;

/// <summary>One call that reached an outside service.</summary>
/// <param name="Order">The order that it was about.</param>
/// <param name="Step">The step that made it.</param>
/// <param name="Token">The idempotency token.</param>
/// <param name="Refused">True when the service was busy and did nothing.</param>
public sealed record LedgerLine(string Order, string Step, Guid Token, bool Refused = false);
