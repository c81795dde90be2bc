using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Analyzers.Tests.Fixing;

/// <summary>Applies one action of a refactoring as an editor does.</summary>
/// <param name="refactoring">The refactoring.</param>
/// <param name="title">The title of the action.</param>
internal sealed class RefactoringRun(CodeRefactoringProvider refactoring, string title)
{
    /// <summary>The texts after the action.</summary>
    /// <param name="marked">The files of a project; the first has the mark where it is asked for.</param>
    public async Task<IReadOnlyList<string>> At(IReadOnlyList<string> marked)
    {
        var parsed = MarkedText.Parse(marked[0]);
        var solution = FixRun.Solution([parsed.Text, .. marked.Skip(1)]);
        var action = Assert.Single(await Actions(refactoring, First(solution), parsed.Spans.Single()), action => action.Title == title);
        return await FixRun.Texts(await FixRun.Apply(solution, action));
    }

    /// <summary>True when the action is offered at a place of the first file.</summary>
    /// <param name="texts">The files of a project.</param>
    /// <param name="position">The place.</param>
    public async Task<bool> IsOffered(IReadOnlyList<string> texts, int position)
        => (await Actions(refactoring, First(FixRun.Solution(texts)), new TextSpan(position, 0))).Any(action => action.Title == title);

    /// <summary>What a refactoring offers at a place.</summary>
    public static async Task<IReadOnlyList<CodeAction>> Actions(CodeRefactoringProvider refactoring, Document document, TextSpan span)
    {
        var actions = new List<CodeAction>();
        await refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(document, span, actions.Add, CancellationToken.None));
        return actions;
    }

    private static Document First(Solution solution) => solution.Projects.Single().Documents.Single(document => document.Name == "Sample0.cs");
}
