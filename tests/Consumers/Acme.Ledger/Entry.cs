namespace Acme.Ledger;

/// <summary>A line of the ledger.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Amount">What is booked.</param>
/// <param name="Note">What for.</param>
public sealed record Entry(string Account, int Amount, string? Note = null);
