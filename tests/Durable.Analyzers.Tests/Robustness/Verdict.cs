namespace Durable.Analyzers.Tests.Robustness;

/// <summary>How a text that parses is treated.</summary>
/// <param name="Complaint">What is wrong with it; null when nothing is.</param>
internal sealed record Verdict(string? Complaint)
{
    /// <summary>True when text and generated code have no error.</summary>
    public bool Compiles { get; init; }

    /// <summary>True when generator or rules report something, and the build hears it.</summary>
    public bool IsReported { get; init; }
}
