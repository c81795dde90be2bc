using Durable.Code;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>
/// Declares a factory of calls or signals that the code calls and that is not written yet: a generator sees a compilation without its own output.
/// Without it neither the call nor anything made of its result has a type, and nothing could be proven of code that starts children or sends signals.
/// </summary>
internal static class FactoryStub
{
    private const string Root = "global::Durable.";

    /// <summary>The declarations of the factories that a call without a target may mean, as text: several for overloads, none for another call.</summary>
    public static IEnumerable<string> Of(InvocationExpressionSyntax call, ReachedBody body, KnownTypes types)
    {
        var (name, containers) = call.Expression switch
        {
            IdentifierNameSyntax simple => (simple.Identifier.ValueText, Around(body.Method.ContainingType)),
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member, Expression: var type } => (member.Identifier.ValueText, body.Model.GetSymbolInfo(type).Symbol is INamedTypeSymbol named ? [named] : []),
            _ => ("", []),
        };
        return containers.SelectMany(Bases).SelectMany(type => DeclarationNames.Declared(type, types).Select(method => Of(method, name, types))).OfType<string>();
    }

    private static string? Of(IMethodSymbol method, string name, KnownTypes types)
    {
        method = method.OriginalDefinition;
        if (types.IsWorkflow(method) && DeclarationNames.Call(method) == name)
        {
            types.Returns(method, out var result);
            var parameters = method.Parameters.Where(parameter => !KnownTypes.Same(parameter.Type, types.CancellationToken))
                .Select(parameter => $"{(parameter.IsParams ? "params " : "")}{CodeText.Type(parameter.Type)} {CodeText.Identifier(parameter.Name)}{(parameter.HasExplicitDefaultValue ? " = default" : "")}");
            return Within(method.ContainingType, types, $"{Root}WorkflowCall{(result is null ? "" : $"<{CodeText.Type(result)}>")}", name, string.Join(", ", parameters));
        }

        return types.IsSignal(method) && DeclarationNames.Signal(method) == name
            ? Within(method.ContainingType, types, Root + "SignalCall", name, SignalReading.Payload(method, types) is { } value ? CodeText.Type(value) + " value" : "")
            : null;
    }

    /// <summary>A method that nobody will ever call, within its type.</summary>
    private static string Within(INamedTypeSymbol type, KnownTypes types, string returns, string name, string parameters)
    {
        var container = ContainerParser.Parse(type, types.Compilation);
        var open = string.Concat(container.Types.Select(part => $"partial {part.Keyword} {part.Name} {{ "));
        var close = string.Concat(container.Types.Select(_ => " }"));
        var members = $"{open}public static {returns} {CodeText.Identifier(name)}({parameters}) => throw null!;{close}";
        return container.Namespace.Length == 0 ? members : $"namespace {container.Namespace} {{ {members} }}";
    }

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? one = type; one is not null; one = one.BaseType)
            yield return one;
    }
}
