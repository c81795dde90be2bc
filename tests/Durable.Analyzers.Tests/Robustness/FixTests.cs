using System.Collections.Concurrent;
using Durable.Analyzers.Tests.Hygiene;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Every fix and refactoring that is offered for a mutant can be applied.</summary>
public sealed class FixTests(ITestOutputHelper output)
{
    // Only what the rules report is fixed, and a document costs more than a text.
    private const int OneIn = 20;

    [Fact]
    public async Task Every_fix_and_refactoring_that_a_mutant_is_offered_applies()
    {
        var failures = new ConcurrentBag<string>();
        var applied = 0;
        await Parallel.ForEachAsync(Effort.Mutants.Where((_, index) => index % OneIn == 0), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var mutant = Mutant.Of(seed);
            var document = RuleHost.Document(mutant.Text);
            var compilation = (await document.Project.GetCompilationAsync(CancellationToken.None))!;
            foreach (var diagnostic in await RuleHost.Diagnose(compilation, Rules.Analyzers))
            {
                foreach (var fix in Rules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                    await Try(fix, diagnostic.Id, register => fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => register(action), CancellationToken.None)));
            }

            foreach (var method in (await document.GetSyntaxRootAsync(CancellationToken.None))!.DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                foreach (var refactoring in Rules.Refactorings)
                    await Try(refactoring, method.Identifier.Text, register => refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(document, method.Identifier.Span, register, CancellationToken.None)));
            }

            async Task Try(object provider, string target, Func<Action<CodeAction>, Task> offer)
            {
                var actions = new List<CodeAction>();
                if (await Record.ExceptionAsync(async () => { await offer(actions.Add); await Apply(document, actions); }) is { } exception)
                    failures.Add(mutant.Report($"{provider.GetType().Name} for {target} threw: {exception}"));
                Interlocked.Add(ref applied, actions.Count);
            }
        });
        Assert.True(applied > 0 || Effort.IsOne);
        output.WriteLine($"{applied} fixes and refactorings applied.");
        Assert.True(failures.IsEmpty, $"{failures.Count} fixes fail.\n" + string.Join("\n", failures.Take(5)));
    }

    private static async Task Apply(Document document, IEnumerable<CodeAction> actions)
    {
        foreach (var action in actions)
        {
            var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
            Assert.NotNull(await changed.GetDocument(document.Id)!.GetSyntaxRootAsync());
        }
    }
}
