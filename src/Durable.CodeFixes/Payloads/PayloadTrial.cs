using System.Globalization;
using Durable.Analyzers.Payloads;
using Durable.CodeFixes.Declarations;
using Durable.Payloads;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.CodeFixes.Payloads;

/// <summary>Reads a payload once more as it would be after a change, before the change is offered.</summary>
internal static class PayloadTrial
{
    /// <summary>The problem that a diagnostic tells, with its place; null for another diagnostic.</summary>
    public static (PayloadPlace Place, FoundProblem Found)? Told(Compilation compilation, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.Location.SourceTree is not { } tree || PayloadPlace.At(tree.GetRoot(cancellationToken), diagnostic.Location.SourceSpan) is not { } place)
            return null;
        var told = place.Problems(compilation, cancellationToken).FirstOrDefault(found => Message(found.Problem) == diagnostic.GetMessage(CultureInfo.InvariantCulture));
        return told is null ? null : (place, told);
    }

    /// <summary>True when the diagnostic is gone after the change, no other came for it, and everything compiles as before.</summary>
    /// <param name="compilation">The project as it is, with what was generated.</param>
    /// <param name="edited">The roots that change.</param>
    /// <param name="place">Where the diagnostic is.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static bool Helps(Compilation compilation, IReadOnlyList<(SyntaxTree Tree, SyntaxNode Root)> edited, PayloadPlace place, CancellationToken cancellationToken)
    {
        var after = compilation;
        var moved = place;
        foreach (var (tree, root) in edited)
        {
            var now = tree.WithRootAndOptions(root, tree.Options);
            after = after.ReplaceSyntaxTree(tree, now);
            if (place.Node.SyntaxTree == tree && moved is not null)
                moved = place.In(now.GetRoot(cancellationToken));
        }

        var before = Errors(place, compilation, cancellationToken);
        var left = moved is null ? before : Errors(moved, after, cancellationToken);
        return left.Count < before.Count && !left.Except(before).Any() && Trial.Compiles(compilation, edited, cancellationToken);
    }

    private static List<string?> Errors(PayloadPlace place, Compilation compilation, CancellationToken cancellationToken)
        => [.. place.Problems(compilation, cancellationToken).Where(found => found.Problem.Kind != PayloadProblemKind.Lossy).Select(found => Message(found.Problem))];

    private static string? Message(PayloadProblem problem) => PayloadRules.Diagnose(problem, Location.None)?.GetMessage(CultureInfo.InvariantCulture);
}
