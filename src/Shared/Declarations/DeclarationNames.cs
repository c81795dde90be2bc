using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Every name that a declaration leads to.</summary>
internal static class DeclarationNames
{
    /// <summary>Characters in the name of a workflow or step; the runtime's limit (DurableLimits.MaxNameLength).</summary>
    public const int MaxNameLength = 200;

    /// <summary>The method in each declaring type that adds it to the assembly's module.</summary>
    public const string RegisterMethod = "__RegisterDurable";

    /// <summary>The class in each declaring type that holds the definitions of its workflows and steps.</summary>
    public const string GeneratedClass = "__Durable";

    /// <summary>The class in a declaring type that stores what can be named in there alone.</summary>
    public const string PayloadsClass = "__DurablePayloads";

    private const string AsyncSuffix = "Async";

    /// <summary>The name of the method that holds the body.</summary>
    public static string Core(IMethodSymbol method) => method.Name + "Core";

    /// <summary>The name of the factory of calls.</summary>
    public static string Call(IMethodSymbol method) => WithoutAsync(method.Name) + "Call";

    /// <summary>The name of the factory of what is sent.</summary>
    public static string Signal(IMethodSymbol method) => WithoutAsync(method.Name) + "Signal";

    /// <summary>The field that holds the definition of a method; overloads are told apart by their rank.</summary>
    public static string Definition(IMethodSymbol method, KnownTypes types)
    {
        var declared = Declared(method.ContainingType, types).ToList();
        var rank = declared.Where(other => other.Name == method.Name).Count(other => string.CompareOrdinal(Signature(other), Signature(method)) < 0);
        if (rank == 0)
            return method.Name;
        var name = method.Name + "_" + (rank + 1).ToString(CultureInfo.InvariantCulture);
        while (declared.Any(other => other.Name == name))
            name += "_";
        return name;
    }

    /// <summary>The explicit name, or the default.</summary>
    public static string Of(IMethodSymbol method, AttributeData attribute, bool isWorkflow, KnownTypes types)
    {
        if (attribute.ConstructorArguments is [{ Value: string name }])
            return name;
        return Default(method.ContainingType, method.Name, isWorkflow, types);
    }

    /// <summary>The name of a method that has no explicit one.</summary>
    /// <param name="container">The type that declares it.</param>
    /// <param name="methodName">The name of the method.</param>
    /// <param name="isWorkflow">False for a step or a signal.</param>
    /// <param name="types">The compilation's known types.</param>
    public static string Default(INamedTypeSymbol container, string methodName, bool isWorkflow, KnownTypes types)
    {
        var ofType = isWorkflow || !Declared(container, types).Any(types.IsWorkflow);
        return ofType ? TypeName(container) + "." + WithoutAsync(methodName) : WithoutAsync(methodName);
    }

    public static IReadOnlyList<string> Aliases(IMethodSymbol method, KnownTypes types)
        => [.. method.GetAttributes()
            .Where(data => KnownTypes.Same(data.AttributeClass, types.StepAliasAttribute))
            .Select(Alias)];

    /// <summary>The name in an alias; empty while the user has not written one.</summary>
    public static string Alias(AttributeData attribute) => attribute.ConstructorArguments is [{ Value: string alias }] ? alias : "";

    /// <summary>Why a name cannot be used, as the end of a sentence; null when it can.</summary>
    public static string? WhyInvalid(string name)
        => string.IsNullOrWhiteSpace(name) ? "it is empty"
            : name.Length > MaxNameLength ? $"it is longer than {MaxNameLength} characters"
            : null;

    /// <summary>A type as names spell it: without namespace, nested types with their outer ones.</summary>
    public static string TypeName(INamedTypeSymbol type)
        => type.ContainingType is { } outer ? TypeName(outer) + "." + type.Name : type.Name;

    /// <summary>The workflow, step and signal methods of a type, their defining halves.</summary>
    public static IEnumerable<IMethodSymbol> Declared(INamedTypeSymbol type, KnownTypes types)
        => type.GetMembers().OfType<IMethodSymbol>().Where(types.IsDeclared);

    private static string WithoutAsync(string name)
        => name.Length > AsyncSuffix.Length && name.EndsWith(AsyncSuffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - AsyncSuffix.Length) : name;

    private static string Signature(IMethodSymbol method) => method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
