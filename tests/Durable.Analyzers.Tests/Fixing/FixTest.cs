using Durable.Analyzers.Tests.Hygiene;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace Durable.Analyzers.Tests.Fixing;

/// <summary>The one way to test a fix or a refactoring: whatever the test is about, everything that we promise of each of them is checked with it.</summary>
/// <remarks>
/// The result compiles beside its generated halves without a warning and nothing is reported in it; it offers nothing more to do; comments, attributes and line breaks stay;
/// all at once, in a document, a project and a solution, gives what one after the other gives; no workflow or step is named otherwise than before.
/// </remarks>
internal static class FixTest
{
    /// <summary>The fix turns one text into the other.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="id">The diagnostic that is fixed.</param>
    /// <param name="before">The text that has the diagnostic; it starts with its usings and has no namespace.</param>
    /// <param name="after">The text expected.</param>
    public static Task Fixes(CodeFixProvider fix, string id, string before, string after) => Fixes(fix, id, [before], [after]);

    /// <summary>The fix turns the files of one project into others.</summary>
    /// <inheritdoc cref="Fixes(CodeFixProvider, string, string, string)"/>
    /// <param name="named">The files in which names are what they have to be afterwards: before the change of the user's that led to the diagnostic. Null for <paramref name="before"/>.</param>
    public static async Task Fixes(CodeFixProvider fix, string id, IReadOnlyList<string> before, IReadOnlyList<string> after, IReadOnlyList<string>? named = null)
    {
        var applied = new FixRun(fix, id);
        await FixProperties.EndsWell(before, after);
        await FixProperties.KeepsNames(named ?? before, after, added: 0);
        Assert.Equal(after, await applied.OneByOne(before));
        Assert.Equal(after, await applied.All(before, FixAllScope.Document));
        Assert.Equal(Windows(after), await applied.OneByOne(Windows(before)));

        var noted = NotedText.In(before);
        NotedText.AreIn(noted, await applied.OneByOne(noted));

        // The same files once more in the project, and the project once more in the solution.
        var twice = FixRun.Twice(after);
        Assert.Equal(twice, await applied.OneByOne(FixRun.Twice(before)));
        Assert.Equal(twice, await applied.All(FixRun.Twice(before), FixAllScope.Project));
        Assert.Equal([.. twice, .. twice], await applied.All(FixRun.Twice(before), FixAllScope.Solution, projects: 2));
    }

    /// <summary>The fix has no answer for the diagnostic.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="id">The diagnostic.</param>
    /// <param name="source">The text that has it.</param>
    public static async Task Offers_nothing(CodeFixProvider fix, string id, string source)
    {
        var document = FixRun.Solution([source]).Projects.Single().Documents.Last();
        var found = (await RuleHost.Diagnose(document, Rules.AnalyzerOf(id))).Where(diagnostic => diagnostic.Id == id).ToList();
        Assert.NotEmpty(found);
        foreach (var diagnostic in found)
            Assert.Empty(await FixRun.Actions(fix, document, diagnostic));
    }

    /// <summary>The fix has no answer for the diagnostic as long as another project, which references the one that has it, is as it is.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="id">The diagnostic.</param>
    /// <param name="source">The text that has it.</param>
    /// <param name="user">The text of the other project.</param>
    public static async Task Offers_nothing_beside(CodeFixProvider fix, string id, string source, string user)
    {
        var alone = FixRun.Solution([source]).Projects.Single();
        var both = alone.Solution.AddProject("User", "User", LanguageNames.CSharp)
            .WithCompilationOptions(RuleHost.CompilationOptions).WithMetadataReferences(RuleHost.References).AddProjectReference(new ProjectReference(alone.Id))
            .AddDocument("Usings.cs", RuleHost.ImplicitUsings).Project.AddDocument("User.cs", user).Project.Solution.GetProject(alone.Id)!;
        var offered = new List<int>();
        foreach (var project in new[] { alone, both })
        {
            var found = (await RuleHost.Diagnose((await project.GetCompilationAsync())!, Rules.AnalyzerOf(id))).Single(diagnostic => diagnostic.Id == id);
            offered.Add((await FixRun.Actions(fix, project.GetDocument(found.Location.SourceTree)!, found)).Count);
        }

        Assert.Equal([1, 0], offered);
    }

    /// <summary>The refactoring, asked for at the mark, turns one text into the other.</summary>
    /// <param name="refactoring">The refactoring.</param>
    /// <param name="title">The title of its action.</param>
    /// <param name="marked">The text; the mark is around a name that has the same meaning in the result and is its first occurrence there.</param>
    /// <param name="after">The text expected.</param>
    /// <param name="added">How many workflows and steps it declares.</param>
    public static Task Refactors(CodeRefactoringProvider refactoring, string title, string marked, string after, int added = 0)
        => Refactors(refactoring, title, [marked], [after], added);

    /// <summary>The refactoring, asked for at the mark in the first file, turns the files of one project into others.</summary>
    /// <inheritdoc cref="Refactors(CodeRefactoringProvider, string, string, string, int)"/>
    public static async Task Refactors(CodeRefactoringProvider refactoring, string title, IReadOnlyList<string> marked, IReadOnlyList<string> after, int added = 0)
    {
        var run = new RefactoringRun(refactoring, title);
        IReadOnlyList<string> before = [MarkedText.Parse(marked[0]).Text, .. marked.Skip(1)];
        await FixProperties.EndsWell(before, after);
        await FixProperties.KeepsNames(before, after, added);
        Assert.Equal(after, await run.At(marked));
        Assert.Equal(Windows(after), await run.At(Windows(marked)));

        var span = MarkedText.Parse(marked[0]).Spans.Single();
        var name = before[0].Substring(span.Start, span.Length);
        Assert.False(await run.IsOffered(after, after[0].IndexOf(name, StringComparison.Ordinal)), "It is offered for its own result.");

        var noted = NotedText.In(before);
        NotedText.AreIn(noted, await run.At([noted[0].Insert(noted[0].IndexOf(name, StringComparison.Ordinal), "[||]"), .. noted.Skip(1)]));
    }

    /// <summary>The refactoring offers nothing at the mark.</summary>
    /// <param name="refactoring">The refactoring.</param>
    /// <param name="marked">The text.</param>
    public static async Task Offers_nothing(CodeRefactoringProvider refactoring, string marked)
        => Assert.Empty(await RefactoringRun.Actions(refactoring, FixRun.Solution([MarkedText.Parse(marked).Text]).Projects.Single().Documents.Last(), MarkedText.Parse(marked).Spans.Single()));

    private static IReadOnlyList<string> Windows(IReadOnlyList<string> texts) => [.. texts.Select(text => text.ReplaceLineEndings("\n").ReplaceLineEndings("\r\n"))];
}
