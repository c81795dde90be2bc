using System.Collections.Concurrent;
using System.Diagnostics;
using Durable.Analyzers.Tests.Hygiene;
using Durable.CodeFixes.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Every fix and refactoring that is offered for a mutant can be applied, and breaks nothing more than was broken.</summary>
[Collection(nameof(Effort))]
public sealed class FixTests(ITestOutputHelper output)
{
    // Only what the rules report is fixed, and each fix is a text to build of its own.
    private const int OneIn = 20;

    [Fact]
    public async Task Every_fix_and_refactoring_that_a_mutant_is_offered_applies_and_adds_no_error()
    {
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentBag<(int Seed, string Report)>();
        var applied = 0;
        var seeds = Effort.Mutants.Where((_, index) => index % OneIn == 0).ToList();
        var benches = new ConcurrentBag<Workbench>();
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var bench = benches.TryTake(out var free) ? free : new Workbench();
            var mutant = Mutant.Of(seed);
            var build = bench.Build(mutant.Text);
            var found = await Workbench.DiagnoseAll(build, []);
            var document = Workbench.Document(mutant.Text);
            foreach (var offer in Offers(document, found.Where(diagnostic => diagnostic.Location.SourceTree == build.Tree), build.Tree.GetRoot()))
            {
                var actions = new List<CodeAction>();
                if (await Record.ExceptionAsync(() => offer.Ask(actions.Add)) is { } refused)
                    failures.Add((seed, mutant.Report($"{offer.Name} threw: {refused}")));
                foreach (var action in actions)
                {
                    Interlocked.Increment(ref applied);
                    if (await Complaint(bench, build, found, document, action, offer.LeavesBody) is { } complaint)
                        failures.Add((seed, mutant.Report($"{offer.Name}, '{action.Title}': {complaint}")));
                }
            }

            benches.Add(bench);
        });
        output.WriteLine($"{applied} fixes and refactorings applied to {seeds.Count} mutants in {watch.Elapsed:h\\:mm\\:ss}.");
        Assert.True(applied > 0 || Effort.IsOne);
        Assert.True(failures.IsEmpty, $"{failures.Count} fixes fail.\n" + string.Join("\n", failures.OrderBy(failure => failure.Seed).Take(5).Select(failure => failure.Report)));
    }

    private static IEnumerable<(string Name, bool LeavesBody, Func<Action<CodeAction>, Task> Ask)> Offers(Document document, IEnumerable<Diagnostic> found, SyntaxNode root)
    {
        foreach (var diagnostic in found)
        {
            foreach (var fix in Rules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                yield return ($"{fix.GetType().Name} for {diagnostic}", fix is FixCoreSignature or FixDeclaration, register => fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => register(action), CancellationToken.None)));
        }

        foreach (var method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            foreach (var refactoring in Rules.Refactorings)
                yield return ($"{refactoring.GetType().Name} for {method.Identifier.Text}", false, register => refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(document, method.Identifier.Span, register, CancellationToken.None)));
        }
    }

    private static async Task<string?> Complaint(Workbench bench, Build before, IEnumerable<Diagnostic> found, Document document, CodeAction action, bool leavesBody)
    {
        var text = "";
        if (await Record.ExceptionAsync(async () => text = await Apply(document, action)) is { } exception)
            return $"threw: {exception}";
        if (!Parses(before))
            return null;
        var after = bench.Build(text);
        if (!Parses(after))
            return $"the text does not parse any more:\n{text}";
        var added = HasOwnErrors(before) ? [] : Errors(await Workbench.DiagnoseAll(after, []), leavesBody).Except(Errors(found, leavesBody)).ToList();
        return added.Count == 0 ? null : $"adds errors:\n{string.Join("\n", added)}\n---- fixed:\n{text}\n----";
    }

    private static bool Parses(Build build) => !build.Tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static async Task<string> Apply(Document document, CodeAction action)
    {
        var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    // An error hides others: of a text that has one of its own, more cannot be asked than that it still parses.
    private static bool HasOwnErrors(Build build) => build.User.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !IsRuled(diagnostic));

    // Errors of the compiler. A fix may uncover the next error of the rules: of what has become partial, that it has no body. And a signature that changes asks for other code in the body, which stays as it is.
    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> found, bool leavesBody)
        => found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id.StartsWith("CS", StringComparison.Ordinal) && !IsRuled(diagnostic) && !(leavesBody && IsOfBody(diagnostic))).Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}");

    private static bool IsRuled(Diagnostic diagnostic) => diagnostic.Id is "CS8795" or "CS0751";

    private static bool IsOfBody(Diagnostic diagnostic)
        => diagnostic.Id == "CS0161" || diagnostic.Location.SourceTree?.GetRoot().FindNode(diagnostic.Location.SourceSpan).Ancestors().Any(node => node is BlockSyntax or ArrowExpressionClauseSyntax) == true;
}
