using Durable.Code;
using Durable.Declarations;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Parsing;

/// <summary>The attributes of the framework that change what is generated.</summary>
internal static class Attributes
{
    public static AttributeData? Find(ISymbol symbol, Compilation compilation, string attribute) => KnownTypes.Find(symbol, compilation.GetTypeByMetadataName(attribute));

    /// <summary>The attribute of an obsolete member, as text; null for none.</summary>
    public static string? Obsolete(ISymbol symbol, Compilation compilation)
    {
        if (Find(symbol, compilation, "System.ObsoleteAttribute") is not { } attribute)
            return null;
        var arguments = attribute.ConstructorArguments.Select(argument => argument.Value switch
        {
            string text => CodeText.Literal(text),
            bool isError => isError ? "true" : "false",
            _ => "null",
        });
        return $"[global::System.Obsolete({string.Join(", ", arguments)})]";
    }
}
