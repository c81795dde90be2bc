using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Contexts;

/// <summary>One <c>[assembly: DurableJsonContext(typeof(...))]</c>, and what is wrong with it.</summary>
internal static class ContextAttribute
{
    public const string Name = "Durable.DurableJsonContextAttribute";

    private const string Base = "System.Text.Json.Serialization.JsonSerializerContext";
    private const string Serializable = "System.Text.Json.Serialization.JsonSerializableAttribute";
    private const string Options = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";

    /// <summary>The type that the attribute names; null where it names none, which is the compiler's to say.</summary>
    public static INamedTypeSymbol? Context(AttributeData attribute)
        => attribute is { AttributeClass: { } type, ConstructorArguments: [{ Value: INamedTypeSymbol { TypeKind: not TypeKind.Error } context }] } && type.DefinitionName() == Name ? context : null;

    /// <summary>Why a type is not a context that generated code can ask, as the end of a sentence that starts with the type; null for one that is.</summary>
    public static string? Problem(INamedTypeSymbol context, Compilation compilation)
    {
        if (!IsContext(context.OriginalDefinition))
            return "is no JsonSerializerContext: derive it from that class, and name the types to store on it with [JsonSerializable(typeof(...))]";
        if (IsGeneric(context))
            return "is generic, or in a generic type: System.Text.Json generates nothing for it";
        if (context.IsAbstract)
            return "is abstract: register the class that System.Text.Json generates";
        if (IsFileLocal(context) || !compilation.IsSymbolAccessibleWithin(context, compilation.Assembly))
            return "cannot be named by generated code: make it and the types around it internal or public";
        if (context.IsObsoleteAsError())
            return "is obsolete as an error, so that generated code cannot name it";
        if (Declarations(context).Count == 0)
            return "names no types: add [JsonSerializable(typeof(...))] for each type to store";
        if (!HasDefault(context, compilation) && !IsPartial(context))
            return "has no accessible Default: make it and the types around it partial, so that System.Text.Json can generate it";
        return Declarations(context).Any(IsWriteOnly) || (context.FindAttribute(Options) is { } options && IsWriteOnly(options) && Declarations(context).Any(one => Mode(one) is null or 0))
            ? "only writes: leave JsonSourceGenerationMode.Serialization out, for what is stored is read again"
            : null;
    }

    /// <summary>True for a class of this compilation that System.Text.Json's generator makes nothing of, so that the build stops at it (CS0534).</summary>
    public static bool IsLeftUnwritten(INamedTypeSymbol context)
        => IsContext(context) && !context.IsAbstract && !context.DeclaringSyntaxReferences.IsEmpty && context.GetMembers("GetTypeInfo").IsEmpty
            && (Declarations(context).Count == 0 || !IsPartial(context));

    /// <summary>The types that a context names. Of a nullable value it is the value inside that is the context's.</summary>
    public static IEnumerable<ITypeSymbol> Named(INamedTypeSymbol context)
        => Declarations(context).Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] ? type.NullableUnderlying() ?? type : null).OfType<ITypeSymbol>();

    public static bool IsContext(INamedTypeSymbol? type) => type is not null && (type.BaseType?.DefinitionName() == Base || IsContext(type.BaseType));

    private static List<AttributeData> Declarations(INamedTypeSymbol context)
        => [.. context.GetAttributes().Where(attribute => attribute.AttributeClass?.DefinitionName() == Serializable)];

    private static bool IsWriteOnly(AttributeData attribute) => Mode(attribute) == 2;

    private static int? Mode(AttributeData attribute) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "GenerationMode").Value.Value as int?;

    // Generators do not see what others generate: a class that is partial will have it.
    private static bool HasDefault(INamedTypeSymbol context, Compilation compilation)
        => context.GetMembers("Default").Any(member => member.IsStatic
            && member is IPropertySymbol { GetMethod: not null, Type: INamedTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } type }
            && IsContext(type)
            && !member.IsObsoleteAsError()
            && compilation.IsSymbolAccessibleWithin(member, compilation.Assembly));

    private static bool IsPartial(INamedTypeSymbol context)
    {
        for (INamedTypeSymbol? type = context; type is not null; type = type.ContainingType)
        {
            if (!type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax part
                && part.Modifiers.Any(modifier => modifier.RawKind == (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.PartialKeyword)))
            {
                return false;
            }
        }

        return context.GetMembers("Default").IsEmpty;
    }

    private static bool IsGeneric(INamedTypeSymbol type) => type.Arity > 0 || (type.ContainingType is { } outer && IsGeneric(outer));

    private static bool IsFileLocal(INamedTypeSymbol type) => type.IsFileLocal || (type.ContainingType is { } outer && IsFileLocal(outer));
}
