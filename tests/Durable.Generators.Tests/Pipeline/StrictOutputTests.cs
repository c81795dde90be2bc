using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What generated code is like beyond that it compiles.</summary>
public sealed class StrictOutputTests
{
    private const string Suppression = "#pragma warning disable\n";

    private const string Everything = """
        namespace Acme;
        public enum Size { Small, Large }
        public sealed record Line(string Name, int? Count, Size? Size = null);
        public sealed class Cart { public required string Owner { get; init; } public List<Line?>? Lines { get; set; } public Dictionary<string, decimal> Prices { get; } = []; }
        [DurableError] internal class LateException(int? days, string message, Exception? innerException) : Exception(message, innerException) { public int? Days { get; } = days; public required Line? Line { get; init; } }
        [DurableError, Obsolete("no")] public sealed class GoneException(string message, Exception inner) : Exception(message, inner);
        public partial class Outer
        {
            private sealed partial class Flow
            {
                [Workflow] public partial ValueTask<Cart?> RunAsync(Cart? cart = null, string note = "none", CancellationToken token = default);
                [Step] private partial Task TickAsync([StepKey] Size size, string?[]? names);
                private async Task<Cart?> RunAsyncCore(Cart? cart, string note, CancellationToken token) { await TickAsync(Size.Small, null); return cart; }
                private void TickAsyncCore(Size size, string?[]? names) { }
                [Step] private partial Task RateAsync(double rate = 0, DateTime at = default, DateTimeOffset? due = null, (int A, float B) pair = default, KeyValuePair<int, Size> size = default);
                private void RateAsyncCore(double rate, DateTime at, DateTimeOffset? due, (int A, float B) pair, KeyValuePair<int, Size> size) { }
            }
            internal sealed partial class Shared<T> where T : notnull { [Step] internal static partial Task<int> CountAsync(Line line); private static int CountAsyncCore(Line line) => 1; }
        }
        """;

    [Theory]
    [InlineData(Samples.Order)]
    [InlineData(Everything)]
    public void Only_warnings_that_come_from_the_users_code_need_suppression(string source)
    {
        var generation = Generation.Of(source);
        var heard = generation.Output;
        foreach (var tree in heard.SyntaxTrees.Skip(1))
            heard = heard.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(tree.GetText().ToString().Replace(Suppression, ""))));
        // Whatever generated code holds is marked as obsolete, so that it may use what is.
        Assert.All(Warnings(heard), warning => Assert.Equal("CS0612", warning.Id));
        static IEnumerable<Diagnostic> Warnings(Compilation compilation) => compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData(Samples.Order)]
    [InlineData(Everything)]
    public void Every_generated_type_and_member_says_who_wrote_it(string source)
    {
        var generation = Generation.Of(source).Compiles();
        var users = generation.Output.SyntaxTrees.First();
        foreach (var tree in generation.Output.SyntaxTrees.Skip(1))
        {
            var model = generation.Output.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MemberDeclarationSyntax>())
            {
                if (model.GetDeclaredSymbol(node) is { } symbol and (INamedTypeSymbol or IMethodSymbol) && symbol.Locations.All(location => location.SourceTree != users))
                    Assert.True(Marked(symbol), $"{symbol} is not marked");
            }
        }

        static bool Marked(ISymbol? symbol) => symbol is not null and not INamespaceSymbol
            && (symbol.Name == "EmbeddedAttribute" || symbol.GetAttributes().Any(data => data.AttributeClass!.Name == "GeneratedCodeAttribute") || Marked((symbol as IMethodSymbol)?.PartialImplementationPart) || Marked(symbol.ContainingSymbol));
    }

    [Theory]
    [InlineData(Samples.Order)]
    [InlineData(Everything)]
    public void Nothing_public_is_written_outside_the_users_types_but_the_module_in_a_namespace_of_the_assembly(string source)
    {
        var before = Public(Generation.Compile(source).GlobalNamespace.GetNamespaceMembers());
        var after = Public(Generation.Of(source).Compiles().Output.GlobalNamespace.GetNamespaceMembers());
        Assert.Equal(["Durable.Generated.Sample.DurableModule"], after.Except(before));
        static List<string> Public(IEnumerable<INamespaceSymbol> spaces) => [.. spaces.SelectMany(space => Types(space))
            .Where(type => type.DeclaredAccessibility == Accessibility.Public && type.Locations.Any(location => location.IsInSource)).Select(type => type.ToDisplayString())];
        static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) => space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
    }

    [Fact]
    public void The_same_project_gives_the_same_bytes_on_every_run()
        => Assert.All(Enumerable.Range(0, 3), _ => Assert.Equal(Bytes(Everything), Bytes(Everything)));

    [Fact]
    public void Names_of_files_differ_even_where_case_is_ignored()
    {
        var files = Generation.Of("""
            namespace Acme { public sealed partial class Flow { [Step] public partial Task A(); private void ACore() { } } public sealed partial class FLOW { [Step] public partial Task A(); private void ACore() { } } }
            namespace acme { public sealed partial class Flow { [Step] public partial Task A(); private void ACore() { } } }
            namespace Acme.Flow_ { public sealed partial class B { [Step] public partial Task A(); private void ACore() { } } }
            namespace Acme { public partial class Flow_<T> { public sealed partial class B { [Step] public partial Task A(); private void ACore() { } } } public partial class Flow__1 { public sealed partial class B { [Step] public partial Task A(); private void ACore() { } } } }
            namespace Durable { public sealed partial class Module { [Step] public partial Task A(); private void ACore() { } } }
            """).Compiles().Files.Keys;
        Assert.Equal(files.Count(), files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Durable.Module.2.g.cs", files);
    }

    private static string Bytes(string source) => string.Concat(Generation.Of(source).Result.Results.Single().GeneratedSources
        .Select(file => file.HintName + " " + Convert.ToHexString(file.SourceText.GetChecksum().AsSpan()) + " " + file.SourceText.Encoding!.WebName));
}
