namespace Durable.Testing.History;

/// <summary>A rule that is broken, with its proof.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Proof">The lines that show it, in the order of their times.</param>
public sealed record HistoryViolation(HistoryRule Rule, string Message, IReadOnlyList<HistoryLine> Proof)
{
    /// <summary>The violation as a person reads it.</summary>
    public override string ToString()
        => $"  [{Rule}] {Message}{string.Concat(Proof.Select(line => $"\n      {HistoryText.Describe(line, Proof[0])}"))}";
}
