using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>Tells durable calls from others.</summary>
internal static class DurableCall
{
    /// <summary>True for a step, a workflow, a signal, and what a workflow's context, the guard of a step, or the handle of a child makes durable.</summary>
    public static bool Is(IMethodSymbol target, KnownTypes types)
        => types.IsDeclared(target) || ((IsOnContext(target, types) || IsOnGuard(target, types) || IsOnChild(target, types)) && MentionsTask(target.ReturnType));

    /// <summary>True for an argument that is a step's body: code that is not workflow code.</summary>
    /// <param name="argument">The argument of a call.</param>
    /// <param name="target">What is called, as declared.</param>
    /// <param name="types">The compilation's known types.</param>
    public static bool IsStepBody(ArgumentSyntax argument, IMethodSymbol target, KnownTypes types)
        => IsOnContext(target, types) && (target.Name == "StepAsync" || (target.Name == "ForEachAsync" && Parameter(argument, target) == "next"));

    private static string? Parameter(ArgumentSyntax argument, IMethodSymbol target)
    {
        if (argument.NameColon is { } named)
            return named.Name.Identifier.ValueText;
        var place = (argument.Parent as BaseArgumentListSyntax)?.Arguments.IndexOf(argument) ?? -1;
        return place >= 0 && place < target.Parameters.Length ? target.Parameters[place].Name : null;
    }

    /// <summary>True for a call whose delegate is workflow code that runs within the call, or once no other code of the workflow does.</summary>
    public static bool TakesBranch(IMethodSymbol target, KnownTypes types) => IsOnContext(target, types) && target.Name is "ScopeAsync" or "Shield" or "Compensate" or "ForEachAsync" or "WaitUntilAsync";

    /// <summary>True for a call whose delegates are workflow code, and run beside each other.</summary>
    public static bool RunsBranches(IMethodSymbol target, KnownTypes types) => IsOnContext(target, types) && target.Name is "MapAsync" or "ParallelAsync";

    /// <summary>True for a branch that such a call is given.</summary>
    public static bool IsBranch(ITypeSymbol? type, KnownTypes types)
        => type is { Name: "ParallelBranch", ContainingNamespace: { Name: "Durable", ContainingNamespace.IsGlobalNamespace: true } } && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, types.WorkflowAttribute.ContainingAssembly);

    /// <summary>True for code that cannot be seen here and that may make durable calls of its own.</summary>
    /// <param name="target">What is called, as declared.</param>
    /// <param name="type">What this call returns.</param>
    /// <param name="types">The compilation's known types.</param>
    public static bool MayHide(IMethodSymbol target, ITypeSymbol? type, KnownTypes types)
        => type is not null && MentionsTask(type) && (target.MethodKind == MethodKind.DelegateInvoke || KnowsDurable(target.ContainingAssembly, types));

    /// <summary>True for Task, ValueTask, and every type built of them.</summary>
    public static bool MentionsTask(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => MentionsTask(array.ElementType),
        INamedTypeSymbol named => IsTask(named) || named.TypeArguments.Any(MentionsTask),
        _ => false,
    };

    public static bool IsTask(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } };

    private static bool IsOnContext(IMethodSymbol target, KnownTypes types) => KnownTypes.Same(target.ContainingType, types.WorkflowContext);

    private static bool IsOnGuard(IMethodSymbol target, KnownTypes types)
        => KnownTypes.Same(target.ContainingType?.OriginalDefinition, types.StepGuard) || KnownTypes.Same(target.ContainingType?.OriginalDefinition, types.StepGuardOfResult);

    private static bool IsOnChild(IMethodSymbol target, KnownTypes types)
        => KnownTypes.Same(target.ContainingType?.OriginalDefinition, types.ChildHandle) || KnownTypes.Same(target.ContainingType?.OriginalDefinition, types.ChildHandleOfResult);

    private static bool KnowsDurable(IAssemblySymbol? assembly, KnownTypes types)
    {
        if (assembly is null || types.WorkflowAttribute.ContainingAssembly is not { } runtime)
            return true;
        return SymbolEqualityComparer.Default.Equals(assembly, types.Compilation.Assembly)
            || SymbolEqualityComparer.Default.Equals(assembly, runtime)
            || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == runtime.Name));
    }
}
