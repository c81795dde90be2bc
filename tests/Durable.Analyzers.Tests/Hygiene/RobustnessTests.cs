using Durable.TestKit;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>No analyzer, generator or fix throws on broken code; the folder Robustness tries much more of it. The host fails on a report that one did.</summary>
public sealed class RobustnessTests
{
    private const string Typical = """
        using Durable;

        namespace Shop;

        public sealed record Order(string Id, decimal Amount, List<Line> Lines);
        public sealed record Line(string Sku, int Count = 1);

        public interface IPayments { Task<Guid> ChargeAsync(string orderId, decimal amount, Guid token, CancellationToken stop); }

        public sealed partial class OrderWorkflow(IPayments payments)
        {
            [Workflow("process-order", Version = 2)] public partial Task<Guid> ProcessAsync(Order order, CancellationToken stop = default);

            [Step("charge", OncePerRun = true), StepAlias("pay"), StepAlias("bill")]
            private partial Task<Guid> ChargeAsync([StepKey] string orderId, decimal amount, [NotFingerprinted] string? note = null);

            [Step] private static partial ValueTask<Dictionary<string, (int Count, Line[]? Lines)>> CountAsync(params Line[] lines);

            private async Task<Guid> ProcessAsyncCore(Order order, WorkflowContext workflow, CancellationToken stop)
            {
                var counts = await CountAsync([.. order.Lines]);
                return await workflow.ScopeAsync("pay", scope => ChargeAsync(order.Id, order.Amount * counts.Count));
            }

            private Task<Guid> ChargeAsyncCore(string orderId, decimal amount, string? note, StepContext step)
                => payments.ChargeAsync(orderId, amount, step.IdempotencyToken, step.CancellationToken);

            private static Dictionary<string, (int, Line[]?)> CountAsyncCore(Line[] lines) => lines.GroupBy(line => line.Sku).ToDictionary(group => group.Key, group => (group.Count(), (Line[]?)[.. group]));

            public partial class Nested<T> where T : class
            {
                [Step] internal partial Task<int> RunAsync(in T item, ref Span<int> numbers, __arglist);
                private int RunAsyncCore<U>(U item) => 1;
            }
        }
        """;

    public static TheoryData<string> Broken =>
    [
        "using Durable; partial class C { [Step(new[] { \"a\" })] partial Task A(); }",
        "using Durable; partial class C { [Step(null)] public partial Task A(); void ACore() { } }",
        "using Durable; partial class C { [Step(1, Name = \"x\", OncePerRun = \"y\")] public partial Task A(); void ACore() { } }",
        "using Durable; partial class C { [Workflow(Version = int.MaxValue + 1)] public partial Task A(); void ACore() { } }",
        "using Durable; partial class C { [Step, Step, Workflow, StepAlias, StepAlias(1), StepAlias(null)] public partial Task A([StepKey, StepKey] Missing a, Missing a); }",
        "using Durable; partial class C : C { [Step] public partial Task A(); }",
        "using Durable; partial class C : D { [Step] public partial Task A(); } partial class D : C { [Step] public override partial Task A(); }",
        "using Durable; partial class C<T> : C<C<T>> { [Step] public partial Task<C<T>> A(C<C<T>> c); }",
        "using Durable; [Step] partial Task A(); [Workflow] void B() { }",
        "using Durable; partial class C { void M() { [Step] Task Local() => Task.CompletedTask; } }",
        "using Durable; partial class C { [Step] public partial unsafe Task<int*> A(delegate*<int, void> f, int* p, dynamic d, __arglist); }",
        "using Durable; partial class C { [Step] public partial C(); [Step] ~C(); [Step] int P { [Step] get; } [Step] public static C operator +(C a, C b); }",
        "using Durable; partial class C { [Step] public partial Task (string a); [Step] public partial Task<> B(); [Step] partial Core(); }",
        "using Durable; partial class C { [Step] public partial Task A(); int ACore; } partial class C { [Step] public partial Task A(); string ACore => \"\"; }",
        "using Durable; partial class { [Step] public partial Task A(); } partial enum E { [Step] A } partial delegate Task D();",
        "using Durable; static partial class C { extension(string s) { [Step] public partial Task A(); [Step] public Task B() => s.A(); } }",
        "namespace Durable { class WorkflowAttribute : System.Attribute; class StepAttribute; partial class C { [Step] partial Task A(); } }",
    ];

    [Fact]
    public async Task A_workflow_with_any_line_missing_is_read()
    {
        var lines = Typical.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            await Read(string.Join('\n', lines.Where((_, index) => index != i)));
    }

    [Theory, MemberData(nameof(Broken))]
    public Task Broken_code_is_read(string source) => Read(source);

    [Theory, MemberData(nameof(Broken))]
    public Task Broken_code_is_fixed_as_far_as_it_goes(string source) => Fix(source);

    [Fact]
    public async Task A_workflow_with_every_fourth_line_missing_is_fixed_as_far_as_it_goes()
    {
        var lines = Typical.Split('\n');
        for (var start = 0; start < 4; start++)
            await Fix(string.Join('\n', lines.Where((_, index) => index % 4 != start)));
    }

    private static async Task Fix(string source)
    {
        var document = RuleHost.Document(source);
        var compilation = await document.Project.GetCompilationAsync();
        foreach (var diagnostic in await RuleHost.Diagnose(compilation!, Rules.Analyzers))
        {
            foreach (var fix in Rules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
                foreach (var action in actions)
                    Assert.NotEmpty(await action.GetOperationsAsync(CancellationToken.None));
            }
        }

        foreach (var token in (await document.GetSyntaxRootAsync())!.DescendantTokens().Where(token => token.Parent is MethodDeclarationSyntax or AttributeSyntax or IdentifierNameSyntax { Parent: AttributeSyntax }))
        {
            foreach (var refactoring in Rules.Refactorings)
            {
                var actions = new List<CodeAction>();
                await refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(document, token.Span, actions.Add, CancellationToken.None));
                foreach (var action in actions)
                    Assert.NotEmpty(await action.GetOperationsAsync(CancellationToken.None));
            }
        }
    }

    private static Task Read(string source) => RuleHost.Diagnose(UserBuild.Of(source).Compilation, Rules.Analyzers);
}
