using Durable.Code;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

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
            CodeText.TypeParameters(parameters),
            CodeText.Constraints(parameters),
            arguments.Count == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.FullName()))}>");
    }
}
