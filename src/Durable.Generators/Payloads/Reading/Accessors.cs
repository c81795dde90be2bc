using Durable.Generators.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Payloads.Reading;

/// <summary>Describes the declarations that unsafe accessors name.</summary>
internal static class Accessors
{
    public const string Refusal = "is declared in nested generic types whose type parameters share a name: rename one";

    /// <summary>The target; null when it cannot be written.</summary>
    /// <param name="declaring">The declaring type, closed.</param>
    /// <param name="openValueType">The value's type in terms of the declaration.</param>
    public static AccessorTarget? Target(INamedTypeSymbol declaring, string openValueType)
    {
        var parameters = new List<ITypeParameterSymbol>();
        var arguments = new List<ITypeSymbol>();
        for (var type = declaring; type is not null; type = type.ContainingType)
        {
            parameters.InsertRange(0, type.TypeParameters);
            arguments.InsertRange(0, type.TypeArguments);
        }

        if (parameters.Select(parameter => parameter.Name).Distinct().Count() != parameters.Count)
            return null;
        return new AccessorTarget(
            declaring.OriginalDefinition.FullName(),
            openValueType,
            parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters.Select(parameter => Identifier(parameter.Name)))}>",
            string.Concat(parameters.Select(Constraints)),
            arguments.Count == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.FullName()))}>");
    }

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(type => type.FullName()));
        if (parameter.HasConstructorConstraint)
            parts.Add("new()");
        if (parameter.AllowsRefLikeType)
            parts.Add("allows ref struct");
        return parts.Count == 0 ? "" : $" where {Identifier(parameter.Name)} : {string.Join(", ", parts)}";
    }

    private static string Identifier(string name)
        => Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;
}
