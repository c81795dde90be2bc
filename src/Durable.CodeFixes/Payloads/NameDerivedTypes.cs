using System.Composition;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Payloads;

/// <summary>Lets an interface or base class name the types of the project that may stand for it, each with its own name as discriminator.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameDerivedTypes))]
[Shared]
public sealed class NameDerivedTypes : AttributeFix
{
    internal override string Summary => "Name the derived types with [JsonDerivedType]";

    private protected override string Title(IReadOnlyList<Addition> additions)
        => $"Name the types derived from '{((BaseTypeDeclarationSyntax)additions[0].Target).Identifier.ValueText}' with [JsonDerivedType]";

    private protected override IEnumerable<IReadOnlyList<Addition>> Candidates(FoundProblem found, string space, Compilation compilation, CancellationToken cancellationToken)
    {
        if (found.Type is not INamedTypeSymbol { IsGenericType: false } type || DerivedTypes.AreDeclared(type) || !(type.IsAbstract || type.HasJsonAttribute("Polymorphic"))
            || compilation.GetTypeByMetadataName("System.Text.Json.Serialization.JsonDerivedTypeAttribute") is not { } attribute
            || type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not TypeDeclarationSyntax declared)
            yield break;
        yield return [.. DerivedClasses.Of(type, compilation).Select(derived => new Addition(declared, attribute, derived.Type, derived.Discriminator))];
    }
}
