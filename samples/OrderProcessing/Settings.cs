namespace OrderProcessing;

/// <summary>What the user asked for on the command line.</summary>
public sealed record Settings
{
    public required string Store { get; init; }
    public required string Ledger { get; init; }
    public required string Orders { get; init; }

    /// <summary>True for the batch: many orders in one run.</summary>
    public required bool Batch { get; init; }

    /// <summary>How many orders of the batch are shipped at a time, by a map; null for one after the other, by a loop.</summary>
    public required int? AtOnce { get; init; }

    /// <summary>How long each call of an outside service takes.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>What chance begins with when the payment gateway is to fail at random; null when it is not.</summary>
    public required int? Chaos { get; init; }

    /// <summary>The order that the archive does not take; null when it takes all.</summary>
    public required string? RefusedOrder { get; init; }

    public required CrashPoint CrashPoint { get; init; }

    /// <summary>The step to crash at; null to run to the end.</summary>
    public required string? CrashStep { get; init; }
}
