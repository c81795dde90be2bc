namespace Durable.Testing.History.Checks;

/// <summary>When something happened: at some moment from one time until another, in nanoseconds.</summary>
/// <param name="From">Not before.</param>
/// <param name="Until">Not after; <see cref="long.MaxValue"/> where nobody knows.</param>
internal readonly record struct Span(long From, long Until)
{
    /// <summary>The span of a line that tells of a moment, or of the answer to a call.</summary>
    public static Span Of(HistoryLine line) => new(line.Since ?? line.At, line.At);

    /// <summary>True when this was over before the other began. False for what may have been at the same time.</summary>
    public bool IsBefore(Span other) => Until < other.From;
}
