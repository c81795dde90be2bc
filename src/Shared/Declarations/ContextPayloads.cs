using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Which types a call of a workflow's context stores: types that no declaration mentions.</summary>
internal static class ContextPayloads
{
    /// <summary>True for the name of a method that may store something, before anybody knows whose it is.</summary>
    public static bool MayStore(string method) => method is "StepAsync" or "AcquireStepAsync" or "WaitForSignalAsync" or "RequestAsync" or "PublishAsync" or "AppendAsync" or "SignalAsync" or "ForEachAsync";

    /// <summary>True for a call that has a body of its own, or is executed by hand: a step.</summary>
    public static bool IsStep(IMethodSymbol method) => method.Name is "StepAsync" or "AcquireStepAsync";

    /// <summary>True for a method of the context.</summary>
    public static bool IsCall(IMethodSymbol method, KnownTypes types) => MayStore(method.Name) && KnownTypes.Same(method.ContainingType, types.WorkflowContext);

    /// <summary>What comes back from the store, of a step its result; null for nothing.</summary>
    public static ITypeSymbol? Received(IMethodSymbol method) => method switch
    {
        { Name: "PublishAsync" or "AppendAsync" or "SignalAsync" } => null,
        { Name: "ForEachAsync", TypeArguments: [var item, _] } => item,
        { TypeArguments: [.., var last] } => last,
        _ => null,
    };

    /// <summary>What is stored for others to read; null for nothing.</summary>
    public static ITypeSymbol? Sent(IMethodSymbol method) => method switch
    {
        { Name: "PublishAsync" or "AppendAsync" or "SignalAsync", TypeArguments: [var only] } => only,
        { Name: "RequestAsync", TypeArguments: [var question, _] } => question,
        { Name: "ForEachAsync", TypeArguments: [_, var cursor] } => cursor,
        _ => null,
    };

    /// <summary>True for a type that a type parameter decides.</summary>
    public static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };
}
