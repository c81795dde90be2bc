namespace Approval;

/// <summary>The files that all commands work with.</summary>
/// <param name="Store">The SQLite file that holds the runs.</param>
/// <param name="Payments">The file that stands for the payment provider.</param>
public sealed record Settings(string Store, string Payments);
