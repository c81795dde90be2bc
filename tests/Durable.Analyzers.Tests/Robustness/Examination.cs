using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Says what is wrong with how a text is treated; null when nothing is.</summary>
/// <remarks>
/// The judgement of a text that parses. An error of the user's own is one that the compiler reports alike, at the same place, for the user's code without ours; or that it could not reach there because
/// another error, which our code cures, stood in the same member. A missing second half (CS8795) is the user's own only if another error of the user's own stands in the same declaration, or makes a type that it names no type, as two of one name do: it is what keeps us from writing one.
/// So is a half of a type that is refused (CS1067) for the variance that the user gave it. Then: (1) generated code has no error and no warning, whatever is reported, unless the user's own code has an error; (2) an error in the user's text that is not the user's own comes with an error of ours, and one that is heard:
/// where a declaration does not compile, the build asks no analyzer, so that only what a generator reports counts. Whoever names a type of the global namespace <c>Durable</c> has taken the name of ours, and the compiler says so (CS0101).
/// </remarks>
internal static class Examination
{
    private const string SecondHalfMissing = "CS8795";
    private const string HalvesDiffer = "CS1067";

    /// <summary>Nothing throws. For broken texts.</summary>
    /// <param name="build">The build.</param>
    /// <param name="stretch">What of the text is read; null for all.</param>
    public static async Task<string?> Runs(Build build, TextSpan? stretch = null) => (await Run(build, (one, thrown) => Workbench.DiagnoseText(one, stretch, thrown))).Complaint;

    /// <summary>Nothing throws, not at the end of the compilation either.</summary>
    public static async Task<string?> RunsWhole(Build build) => (await Run(build, Workbench.DiagnoseAll)).Complaint;

    /// <summary>The same text gives the same bytes, whatever was typed before and in whatever order files come.</summary>
    public static string? Repeats(Build build)
    {
        var (kept, anew) = (Build.Generated(build.Result), Build.Generated(Workbench.BuildAnew(build)));
        return kept == anew ? null : $"the output depends on what was typed before, or on the order of files:\n{kept}\n---- anew:\n{anew}";
    }

    /// <summary>The text compiles, or someone says why not.</summary>
    public static async Task<Verdict> Explains(Build build)
    {
        var (complaint, found) = await Run(build, Workbench.DiagnoseAll);
        if (complaint is not null)
            return new Verdict(complaint);
        var compiler = found.Where(diagnostic => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal)).ToList();
        var inGenerated = compiler.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && !build.User.ContainsSyntaxTree(tree)).ToList();
        var inText = compiler.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !inGenerated.Contains(diagnostic)).ToList();
        var stops = build.Output.GetDeclarationDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var heard = build.Reported.Concat(stops ? [] : found).Where(diagnostic => diagnostic.Id.StartsWith("DUR", StringComparison.Ordinal)).ToList();
        var verdict = new Verdict(null) { Compiles = inText.Count == 0 && inGenerated.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error), IsReported = heard.Count > 0 };
        if ((inGenerated.Count == 0 && inText.Count == 0) || build.User.Assembly.GlobalNamespace.GetTypeMembers("Durable").Length > 0)
            return verdict;

        var alone = build.User.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        var own = inText.Where(error => error.Id != SecondHalfMissing && (alone.Any(other => Alike(error, other)) || WasHidden(error, alone, inText))).ToList();
        own.AddRange(inText.Where(error => error.Id is SecondHalfMissing or HalvesDiffer && own.Any(other => Member(other) is { } member && member == Member(error))
            || (own.Count > 0 && NamesNoType(error, build.User))));
        if (inGenerated.Count > 0 && own.Count == 0)
            return new Verdict($"generated code does not compile cleanly: {Lines(inGenerated)}\n{Excerpt(inGenerated[0])}");
        var ours = inText.Except(own).ToList();
        return ours.Count == 0 || heard.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? verdict : new Verdict($"no DUR diagnostic is heard that explains {Lines(ours)}");
    }

    private static async Task<(string? Complaint, ImmutableArray<Diagnostic> Found)> Run(Build build, Func<Build, ConcurrentBag<Exception>, Task<ImmutableArray<Diagnostic>>> diagnose)
    {
        if (build.Result.Results.FirstOrDefault(result => result.Exception is not null) is { Exception: { } exception })
            return ($"a generator threw: {exception}", []);
        var thrown = new ConcurrentBag<Exception>();
        var found = await diagnose(build, thrown);
        if (!thrown.IsEmpty)
            return ($"an analyzer threw: {thrown.First()}", found);
        return (found.FirstOrDefault(diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal))?.ToString(), found);
    }

    private static bool Alike(Diagnostic left, Diagnostic right)
        => left.Id == right.Id && left.Location.SourceTree == right.Location.SourceTree && left.Location.SourceSpan == right.Location.SourceSpan;

    private static bool WasHidden(Diagnostic error, List<Diagnostic> alone, List<Diagnostic> inText)
        => Member(error) is { } member && alone.Any(other => other.Id != SecondHalfMissing && Member(other) == member && !inText.Any(left => Alike(left, other)));

    private static bool NamesNoType(Diagnostic error, Compilation user)
        => Member(error) is MethodDeclarationSyntax method && user.GetSemanticModel(method.SyntaxTree) is var model
            && method.DescendantNodes().OfType<TypeSyntax>().Any(type => model.GetTypeInfo(type).Type is { TypeKind: TypeKind.Error });

    private static MemberDeclarationSyntax? Member(Diagnostic error)
        => error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>();

    private static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics.Take(5));

    private static string Excerpt(Diagnostic diagnostic)
        => diagnostic.Location.SourceTree!.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString();
}
