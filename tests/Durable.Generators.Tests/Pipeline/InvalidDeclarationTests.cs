using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What is wrong with a declaration is the rules' to say: the generator adds no compiler error to it.</summary>
public sealed class InvalidDeclarationTests
{
    public static TheoryData<string, string> WithHalf => new()
    {
        { nameof(DeclarationProblemKind.ContainerUnsupported), "public partial struct Flow { [Step] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.ContainerUnsupported), "public partial record struct Flow { [Step] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.ContainerUnsupported), "public partial interface Flow { [Step] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.ContainerGeneric), "public partial class Flow<T> { [Workflow] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.WrongReturnType), "public partial class Flow { [Step] public partial int A(); private int ACore() => 1; }" },
        { nameof(DeclarationProblemKind.WrongReturnType), "public partial class Flow { [Step] public partial void A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.WrongReturnType), "public partial class Flow { [Step] public partial ref int A(); private int ACore() => 1; }" },
        { nameof(DeclarationProblemKind.WrongReturnType), "public partial class Flow { [Step] public partial ref Task A(); private Task ACore() => Task.CompletedTask; }" },
        { nameof(DeclarationProblemKind.GenericMethod), "public partial class Flow { [Step] public partial Task<T?> A<T, U>(U u) where T : class, IDisposable, new() where U : struct; private Task<object> ACore() => null!; }" },
        { nameof(DeclarationProblemKind.UnsupportedParameter), "public partial class Flow { [Step] public partial Task A(ref int a); private void ACore(int a) { } }" },
        { nameof(DeclarationProblemKind.UnsupportedParameter), "public partial class Flow { [Step] public partial Task A(out int a, in string b, ref readonly long c); private void ACore(int a) { } }" },
        { nameof(DeclarationProblemKind.UnsupportedParameter), "public partial class Flow { [Step] public partial Task A(Span<int> a, scoped ReadOnlySpan<char> b); private void ACore(Span<int> a, ReadOnlySpan<char> b) { } }" },
        { nameof(DeclarationProblemKind.UnsupportedParameter), "public partial class Flow { [Step] public partial Task A(CancellationToken token, int a); private void ACore(CancellationToken token, int a) { } }" },
        { nameof(DeclarationProblemKind.UnsupportedParameter), "public partial class Flow { [Workflow] public partial Task A(WorkflowContext workflow); private void ACore(WorkflowContext workflow) { } }" },
        { nameof(DeclarationProblemKind.WorkflowAndStep), "public partial class Flow { [Workflow, Step] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.InvalidName), "public partial class Flow { [Step(\" \")] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.InvalidName), "public partial class Flow { [Step, StepAlias(\"\")] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.InvalidVersion), "public partial class Flow { [Workflow(Version = 0)] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.CoreMissing), "public partial class Flow { [Step] public partial Task A(int a, string? b = null); }" },
        { nameof(DeclarationProblemKind.CoreDoubled), "public partial class Flow { [Step] public partial Task A(); private void ACore() { } private void ACore(StepContext step) { } }" },
        { nameof(DeclarationProblemKind.CoreMismatched), "public partial class Flow { [Step] public partial Task A(int a); private void ACore(string a) { } }" },
        { nameof(DeclarationProblemKind.CoreMismatched), "public partial class Flow { [Step] public partial Task A(CancellationToken token); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.CoreMismatched), "public partial class Flow { [Step] public partial Task<int> A(); private Task ACore() => Task.CompletedTask; }" },
        { nameof(DeclarationProblemKind.CoreMismatched), "public partial class Flow { [Step] public partial Task A(); private void ACore(WorkflowContext workflow) { } }" },
        { nameof(DeclarationProblemKind.CoreMismatched), "public partial class Flow { [Step] public static partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.UnsupportedKeyType), "public partial class Flow { [Step] public partial Task A([StepKey] decimal a); private void ACore(decimal a) { } }" },
        { nameof(DeclarationProblemKind.SeveralKeys), "public partial class Flow { [Step] public partial Task A([StepKey] int a, [StepKey] int b); private void ACore(int a, int b) { } }" },
        { nameof(DeclarationProblemKind.DuplicateStepName), "public partial class Flow { [Step] public partial Task A(); [Step] public partial Task AAsync(); private void ACore() { } private void AAsyncCore() { } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class Flow { [Workflow] public partial Task A(int a); private void ACore(int a) { } public static int ACall(int a) => a; }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class Flow { [Step] public partial Task A(); private void ACore() { } private sealed class __Durable { } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class ACall { [Workflow] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class __Durable { [Step] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class Flow<__Durable> { [Step] public partial Task A(); private void ACore() { } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class __RegisterDurable { public partial class Flow { [Step] public partial Task A(); private void ACore() { } } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class Flow { [Step] public partial Task A(int __Durable); private void ACore(int a) { } }" },
        { nameof(DeclarationProblemKind.ReservedMemberTaken), "public partial class Flow { [Workflow] public partial Task A(); private void ACore() { } [Step] public partial Task ACall(); private void ACallCore() { } }" },
        { nameof(DeclarationProblemKind.CallNameShared), "public partial class Flow { [Workflow(\"a\")] public partial Task A(int n); private void ACore(int n) { } [Workflow(\"a\", Version = 2)] public partial Task AAsync(int n); private void AAsyncCore(int n) { } }" },
        { nameof(DeclarationProblemKind.UnsupportedParameter), "public unsafe partial class Flow { [Step] public partial Task A(int* a, delegate*<int> b); private void ACore(int* a, delegate*<int> b) { } }" },
        { nameof(DeclarationProblemKind.PayloadOpen), "public partial class Flow<T> { [Step] private partial Task A(T[] a); private void ACore(T[] a) { } }" },
    };

    public static TheoryData<string, string, string> WithoutHalf => new()
    {
        { nameof(DeclarationProblemKind.ContainerNotPartial), "public class Flow { [Step] public partial Task A(); private void ACore() { } }", "CS0751 CS8795" },
        { nameof(DeclarationProblemKind.ContainerNotPartial), "public class Outer { public partial class Flow { [Step] public partial Task A(); private void ACore() { } } }", "CS8795" },
        { nameof(DeclarationProblemKind.NotPartial), "public partial class Flow { [Step] public Task A() => Task.CompletedTask; }", "" },
        { nameof(DeclarationProblemKind.HasBody), "public partial class Flow { [Step] public partial Task A(); public partial Task A() => Task.CompletedTask; }", "" },
        { nameof(DeclarationProblemKind.HasBody), "public partial class Flow { [Step] public partial Task A() => Task.CompletedTask; }", "CS0759" },
        { nameof(DeclarationProblemKind.AccessibilityMissing), "public partial class Flow { [Step] partial Task A(); private void ACore() { } }", "CS8796" },
        { nameof(DeclarationProblemKind.UnresolvedType), "public partial class Flow { [Step] public partial Task A(Missing a); private void ACore(Missing a) { } }", "CS0246 CS8795" },
        { nameof(DeclarationProblemKind.PayloadNotAccessible), "file class Secret; public partial class Flow { [Step] private partial Task A(List<Secret> a); private void ACore(List<Secret> a) { } }", "CS8795 CS9051" },
        { nameof(DeclarationProblemKind.ContainerUnsupported), "file partial class Flow { [Step] public partial Task A(); private void ACore() { } }", "CS8795" },
    };

    [Theory]
    [MemberData(nameof(WithHalf))]
    public void An_invalid_declaration_gets_a_half_that_compiles(string kind, string source)
    {
        var generation = Generation.Of("namespace Acme;\n" + source);
        Assert.Empty(generation.Diagnostics);
        Assert.Contains(kind, Problems(source));
        Assert.Contains(generation.Files, file => file.Value.Contains("the build's DUR diagnostic says why"));
    }

    [Theory]
    [MemberData(nameof(WithoutHalf))]
    public void A_declaration_that_can_have_no_half_gets_nothing(string kind, string source, string compilerErrors)
    {
        var generation = Generation.Of("namespace Acme;\n" + source);
        Assert.Equal(compilerErrors, string.Join(" ", generation.Diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Order()));
        Assert.All(generation.Diagnostics, diagnostic => Assert.Equal("Sample.cs", diagnostic.Location.SourceTree!.FilePath));
        Assert.Contains(kind, Problems(source));
    }

    [Fact]
    public void Code_that_is_being_typed_breaks_nothing()
    {
        var source = Samples.Order;
        for (var length = 0; length < source.Length; length += 7)
            Generation.Of(source[..length]);
    }

    [Fact]
    public void A_line_that_is_missing_breaks_nothing()
    {
        var lines = Samples.Order.Split('\n');
        for (var line = 0; line < lines.Length; line++)
            Generation.Of(string.Join('\n', lines.Where((_, i) => i != line)));
    }

    [Theory]
    [InlineData("public partial class { [Step] public partial Task A(); }")]
    [InlineData("public partial class Flow { [Step] public partial Task (); [Workflow] public partial Task (int); }")]
    [InlineData("public partial class Flow { [Step] public partial A(); [Step] partial; [Step]")]
    [InlineData("public partial class Flow { [Step(Missing)] public partial Task A(Missing, int = ); private Task ACore(; }")]
    [InlineData("public partial class Flow { [Step(name: 5, OncePerRun = \"x\"), StepAlias] public partial Task A([StepKey] [StepKey] int a, int a); }")]
    [InlineData("public partial class Flow : Flow { [Workflow] public partial Task A(); private Task ACore() => ACore(); }")]
    [InlineData("namespace { public partial class Flow { [Workflow] public partial Task A(); private async Task ACore() { await ; await A(; } } }")]
    [InlineData("[Step] public partial Task A(); private void ACore() { }")]
    [InlineData("public partial class Flow { [Workflow] public partial Task A(); private async Task ACore() { var t = t; await t; Task u = v, v = u; await u; } }")]
    public void Broken_code_is_the_compilers_to_report(string source) => Generation.Of(source);

    [Fact]
    public void Two_workflows_of_one_name_and_version_are_a_problem_of_both()
    {
        var compilation = Generation.Compile("""
            public partial class A { [Workflow("x")] public partial Task Run(); private void RunCore() { } }
            public partial class B { [Workflow("x")] public partial Task Run(); private void RunCore() { } }
            public partial class C { [Workflow("x", Version = 2)] public partial Task Run(); private void RunCore() { } }
            """);
        var problems = DuplicateWorkflows.In(Declarations(compilation)).Select(problem => $"{problem.Subject}: {problem.Detail}");
        Assert.Equal(["x version 1: B.Run()", "x version 1: A.Run()"], problems);
    }

    [Theory]
    [InlineData("[Step] public partial Task<List<string?>> A(int @event, string? b = null);", "private async Task<List<string?>> ACore(int @event, string? b)")]
    [InlineData("[Workflow] public static partial ValueTask A(int a, CancellationToken token);", "private static async ValueTask ACore(int a, WorkflowContext workflow, CancellationToken token)")]
    public void A_missing_Core_says_what_to_write(string declaration, string expected)
    {
        var compilation = Generation.Compile("public partial class Flow { " + declaration + " }");
        var problem = Assert.Single(Declarations(compilation).SelectMany(found => found.Problems));
        Assert.Equal((DeclarationProblemKind.CoreMissing, expected), (problem.Kind, problem.Detail));
    }

    [Fact]
    public void What_the_generator_wrote_is_not_taken_for_the_users()
    {
        var generation = Generation.Of(Samples.Order).Compiles();
        Assert.Empty(Declarations(generation.Output).SelectMany(declaration => declaration.Problems));
    }

    private static IEnumerable<string> Problems(string source)
        => Declarations(Generation.Compile("namespace Acme;\n" + source)).SelectMany(declaration => declaration.Problems).Select(problem => problem.Kind.ToString());

    private static List<Declaration> Declarations(Compilation compilation)
    {
        var types = KnownTypes.Create(compilation)!;
        var tree = compilation.SyntaxTrees.First();
        var model = compilation.GetSemanticModel(tree);
        return [.. tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(method => DeclarationReader.Read((IMethodSymbol)model.GetDeclaredSymbol(method)!, types, default))
            .OfType<Declaration>()];
    }
}
