namespace Acme.Ledger;

/// <summary>Where a ledger begins to count.</summary>
/// <param name="Value">The first number.</param>
public sealed record FirstNumber(int Value);
