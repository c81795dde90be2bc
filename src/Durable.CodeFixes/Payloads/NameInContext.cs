using System.Composition;
using Durable.Payloads.Contexts;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Payloads;

/// <summary>Names a type in the project's <c>JsonSerializerContext</c>, and registers that if it is not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameInContext))]
[Shared]
public sealed class NameInContext : AttributeFix
{
    internal override string Summary => "Name the types in the project's JsonSerializerContext";

    private protected override string Title(IReadOnlyList<Addition> additions)
        => $"Name '{additions[0].Type.ShortName()}' in '{((BaseTypeDeclarationSyntax)additions[0].Target).Identifier.ValueText}'";

    /// <summary>The type at fault or the one around it, in the nearest context.</summary>
    private protected override IEnumerable<IReadOnlyList<Addition>> Candidates(FoundProblem found, string space, Compilation compilation, CancellationToken cancellationToken)
    {
        if (compilation.GetTypeByMetadataName("System.Text.Json.Serialization.JsonSerializableAttribute") is not { } serializable
            || compilation.GetTypeByMetadataName(ContextAttribute.Name) is not { } register)
            yield break;
        foreach (var type in new[] { found.Type, found.Around }.OfType<ITypeSymbol>().Distinct<ITypeSymbol>(SymbolEqualityComparer.Default))
        {
            foreach (var (context, isRegistered) in SourceContexts.Of(compilation, space))
            {
                if (context.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not ClassDeclarationSyntax declared)
                    continue;
                var naming = new Addition(declared, serializable, type);
                yield return isRegistered ? [naming] : [naming, new Addition(declared.SyntaxTree.GetRoot(cancellationToken), register, context)];
            }
        }
    }
}
