using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>All of a compilation but the bodies of methods, as a hash: what a declaration means can depend on nothing else outside its own file, except on bodies that it names.</summary>
internal static class Surface
{
    private static readonly ConditionalWeakTable<Compilation, string> s_compilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string> s_trees = new();
    private static readonly ConditionalWeakTable<object, StrongBox<long>> s_ids = new();
    private static long s_lastId;

    /// <summary>Equal for two compilations only if they have the same options and references, and the same files but for what stands in methods.</summary>
    public static string Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (s_compilations.TryGetValue(compilation, out var known))
            return known;
        var text = new StringBuilder(compilation.AssemblyName).Append('\n').Append(Id(compilation.Options));
        foreach (var reference in compilation.ExternalReferences)
            text.Append(' ').Append(Id(reference));
        foreach (var tree in compilation.SyntaxTrees)
            text.Append('\n').Append(s_trees.TryGetValue(tree, out var surface) ? surface : s_trees.GetValue(tree, one => Of(one, cancellationToken)));
        return s_compilations.GetValue(compilation, _ => Hash(text.ToString()));
    }

    /// <summary>A number that no other object of this process has. It keeps nothing alive.</summary>
    private static long Id(object value) => s_ids.GetValue(value, _ => new StrongBox<long>(Interlocked.Increment(ref s_lastId))).Value;

    private static string Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        var surface = new StringBuilder(text.Length).Append(Id(tree.Options).ToString(CultureInfo.InvariantCulture)).Append(tree.FilePath).Append('\n');
        var start = 0;
        foreach (var method in tree.GetRoot(cancellationToken).DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<MethodDeclarationSyntax>())
        {
            // A directive in a body goes on behind it.
            if (((SyntaxNode?)method.Body ?? method.ExpressionBody) is not { ContainsDirectives: false } body)
                continue;
            surface.Append(text, start, body.SpanStart - start).Append(method.Body is null ? "=>" : "{}");
            start = body.Span.End;
        }

        return Hash(surface.Append(text, start, text.Length - start).ToString());
    }

    private static string Hash(string text)
    {
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(text)));
    }
}
