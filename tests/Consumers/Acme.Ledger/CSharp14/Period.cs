namespace Acme.Ledger;

/// <summary>What is closed: a payload with a property that has no field of its own.</summary>
public sealed record Period
{
    /// <summary>Its name, without blanks around it.</summary>
    public required string Name { get; init => field = value.Trim(); }

    /// <summary>How often it was closed.</summary>
    public int Closings { get; set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }
}
