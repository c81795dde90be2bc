using System.Collections.Immutable;
using Durable.Analyzers.Tests.Hygiene;
using Durable.Generators;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Tests.Fixing;

/// <summary>Applies a fix as an editor does: the generator has run, one diagnostic after the other, or all at once.</summary>
/// <param name="fix">The fix.</param>
/// <param name="id">The diagnostic that is fixed.</param>
internal sealed class FixRun(CodeFixProvider fix, string id)
{
    private readonly DiagnosticAnalyzer _analyzer = Rules.AnalyzerOf(id);

    /// <summary>True when the fix has an answer for the first diagnostic.</summary>
    /// <param name="texts">The files of a project.</param>
    public async Task<bool> IsOffered(IReadOnlyList<string> texts)
    {
        var solution = Solution(texts);
        var first = (await Found(solution.Projects.Single())).First();
        return (await Actions(fix, solution.GetDocument(first.Location.SourceTree)!, first)).Count > 0;
    }

    /// <summary>The texts after every diagnostic was fixed by itself, the first one first.</summary>
    /// <param name="texts">The files of a project.</param>
    public async Task<IReadOnlyList<string>> OneByOne(IReadOnlyList<string> texts)
    {
        var solution = Solution(texts);
        for (var left = await Found(solution.Projects.Single()); left.Length > 0;)
        {
            var action = Assert.Single(await Actions(fix, solution.GetDocument(left[0].Location.SourceTree)!, left[0]));
            Assert.NotNull(action.EquivalenceKey);
            solution = await Apply(solution, action);
            var remaining = await Found(solution.Projects.Single());
            Assert.True(remaining.Length < left.Length, $"The fix leaves the diagnostic:\n{string.Join("\n", await Texts(solution))}");
            left = remaining;
        }

        return await Texts(solution);
    }

    /// <summary>The text after the last diagnostic alone was fixed.</summary>
    /// <param name="text">The file of a project.</param>
    public async Task<string> LastAlone(string text)
    {
        var solution = Solution([text]);
        var last = (await Found(solution.Projects.Single())).Last();
        return Assert.Single(await Texts(await Apply(solution, Assert.Single(await Actions(fix, solution.GetDocument(last.Location.SourceTree)!, last)))));
    }

    /// <summary>The texts after all of a scope was fixed at once. Of a document, each file that has a diagnostic in turn.</summary>
    /// <param name="texts">The files of a project.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="projects">How often the project is in the solution.</param>
    public async Task<IReadOnlyList<string>> All(IReadOnlyList<string> texts, FixAllScope scope, int projects = 1)
    {
        var solution = Solution(texts, projects);
        for (var found = await Found(solution.Projects.First()); found.Length > 0; found = await Found(solution.Projects.First()))
        {
            var document = solution.GetDocument(found[0].Location.SourceTree)!;
            var key = Assert.Single(await Actions(fix, document, found[0])).EquivalenceKey;
            var action = await fix.GetFixAllProvider()!.GetFixAsync(new FixAllContext(document, fix, scope, key, [id], new Provider(this), CancellationToken.None));
            Assert.NotNull(action);
            solution = await Apply(solution, action);
            Assert.DoesNotContain(await Found(solution.Projects.First()), left => scope != FixAllScope.Document || left.Location.SourceTree!.FilePath == document.FilePath);
        }

        return await Texts(solution);
    }

    /// <summary>The files, and the same files again in a namespace.</summary>
    /// <param name="texts">The files.</param>
    public static IReadOnlyList<string> Twice(IReadOnlyList<string> texts) => [.. texts, .. texts.Select(Again)];

    // What is said of the assembly stands before any namespace, and names types in full.
    private static string Again(string text)
    {
        var space = text.Contains('\r', StringComparison.Ordinal) ? "\r\n\r\nnamespace Again;" : "\n\nnamespace Again;";
        var attribute = text.IndexOf("[assembly: ", StringComparison.Ordinal);
        if (attribute < 0)
            return text.Replace("using Durable;", "using Durable;" + space, StringComparison.Ordinal);
        var end = text.IndexOf(']', text.LastIndexOf("[assembly: ", StringComparison.Ordinal)) + 1;
        return text[..attribute] + text[attribute..end].Replace("typeof(", "typeof(Again.", StringComparison.Ordinal) + space + text[end..];
    }

    /// <summary>A solution of equal projects, each of the files given.</summary>
    /// <param name="texts">The files.</param>
    /// <param name="projects">How many.</param>
    public static Solution Solution(IReadOnlyList<string> texts, int projects = 1)
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        for (var i = 0; i < projects; i++)
        {
            var project = solution.AddProject("Sample" + i, "Sample" + i, LanguageNames.CSharp)
                .WithParseOptions(RuleHost.ParseOptions)
                .WithCompilationOptions(RuleHost.CompilationOptions)
                .WithMetadataReferences(RuleHost.References)
                .AddAnalyzerReference(new Generator())
                .AddDocument("Usings.cs", RuleHost.ImplicitUsings, filePath: "Usings.cs").Project;
            for (var n = 0; n < texts.Count; n++)
                project = project.AddDocument($"Sample{n}.cs", texts[n], filePath: $"Sample{n}.cs").Project;
            solution = project.Solution;
        }

        return solution;
    }

    /// <summary>What a fix offers for a diagnostic.</summary>
    public static async Task<IReadOnlyList<CodeAction>> Actions(CodeFixProvider fix, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>The solution after an action.</summary>
    public static async Task<Solution> Apply(Solution solution, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
    }

    /// <summary>The texts of all files that a user wrote, in order.</summary>
    public static async Task<IReadOnlyList<string>> Texts(Solution solution)
    {
        var texts = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents).Where(document => document.Name != "Usings.cs"))
            texts.Add((await document.GetTextAsync()).ToString());
        return texts;
    }

    private async Task<ImmutableArray<Diagnostic>> Found(Project project)
        => [.. (await RuleHost.Diagnose((await project.GetCompilationAsync())!, _analyzer))
            .Where(diagnostic => diagnostic.Id == id).OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)];

    private sealed class Provider(FixRun run) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await run.Found(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await run.Found(project);
    }

    private sealed class Generator : AnalyzerReference
    {
        // The workspace looks its generators up by instance.
        private readonly ImmutableArray<ISourceGenerator> _generators = [new WorkflowGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => nameof(WorkflowGenerator);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;
    }
}
