namespace OrderProcessing;

/// <summary>One call that reached an outside service.</summary>
public sealed record LedgerLine(string Order, string Step, Guid Token);
