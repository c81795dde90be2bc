using Durable.Payloads.Reading;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Errors;

/// <summary>Reads <c>[DurableError]</c> types: their data is stored as that of other objects, what <c>Exception</c> itself declares is not.</summary>
internal static class ErrorTypes
{
    public const string Attribute = "Durable.DurableErrorAttribute";

    private const string Exception = "System.Exception";

    public static bool IsMarked(INamedTypeSymbol type) => type.HasAttribute(Attribute);

    /// <summary>True for a type whose bases are all known: of another one the compiler's error says what to do.</summary>
    public static bool IsResolved(INamedTypeSymbol type) => Ancestors(type).All(ancestor => ancestor.TypeKind != TypeKind.Error);

    /// <summary>Why errors cannot be of a type, whatever its members; null where they can.</summary>
    public static string? Refusal(INamedTypeSymbol type)
        => !Ancestors(type).Any(IsException) || IsException(type) ? "is no exception: derive it from Exception, or take the attribute away"
            : type.IsAbstract ? "is abstract, so that nothing is thrown of it: mark the types derived from it"
            : type.IsGenericType ? "is generic, or stands in a generic type: the recorded name would not tell which it was"
            : null;

    /// <summary>The shape; null when the type cannot be made again, which the walk was told.</summary>
    public static PayloadShape? Read(INamedTypeSymbol type, string path, PayloadWalk walk)
    {
        var members = ObjectMembers.Of(type, path, walk, below: IsException).Where(member => !IsOverride(member.Symbol)).ToList();
        if (ErrorConstructors.Choose(type, members, path, walk) is not { } constructor)
            return null;
        var taken = constructor.Parameters.Select(parameter => ObjectConstructors.MemberOf(parameter, members)).ToList();
        // What nothing sets and nothing loses is computed from the rest.
        var stored = members.Where(member => taken.Contains(member) || member.IsSetBy(constructor, walk) || member.IsLostBy(constructor, walk)).ToList();
        return ObjectTypes.Of(type, constructor, stored, ErrorConstructors.Given, path, walk);
    }

    public static bool IsException(ITypeSymbol type) => type.DefinitionName() == Exception;

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    // Of a member that Exception declares, such as Message: the error itself has it.
    private static bool IsOverride(ISymbol symbol)
    {
        for (var member = symbol as IPropertySymbol; member is not null; member = member.OverriddenProperty)
        {
            if (IsException(member.ContainingType))
                return true;
        }

        return false;
    }
}
