using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Reads a method that waits for a signal: what the signal brings, and for how long.</summary>
internal static class SignalReading
{
    /// <summary>The declaration, without what declarations of all kinds are asked for.</summary>
    /// <param name="method">The method.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="returned">Where its return type stands.</param>
    /// <param name="here">Its name.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static Declaration Read(IMethodSymbol method, AttributeData attribute, Location returned, Location here, KnownTypes types, List<DeclarationProblem> problems)
    {
        var timeout = Timeout(method, types);
        foreach (var parameter in method.Parameters)
        {
            var place = parameter.Locations.FirstOrDefault() ?? here;
            if (parameter.Type.TypeKind == TypeKind.Error)
                problems.Add(new DeclarationProblem(DeclarationProblemKind.UnresolvedType, place, parameter.Type.Name));
            else if (!KnownTypes.IsSame(parameter, timeout))
                problems.Add(new DeclarationProblem(DeclarationProblemKind.UnsupportedParameter, place, parameter.Name, "a wait for a signal takes at most one TimeSpan, for how long it waits; what is sent belongs to the signal, not to the wait"));
            else if (parameter.HasExplicitDefaultValue)
                problems.Add(new DeclarationProblem(DeclarationProblemKind.UnsupportedParameter, place, parameter.Name, "its default could only be no time at all; to wait without a limit, declare the signal without it as well"));
        }

        if (WhyWrong(method, types) is { } reason)
            problems.Add(new DeclarationProblem(DeclarationProblemKind.SignalReturnType, returned, method.Name, reason));
        return new Declaration
        {
            Kind = DeclarationKind.Signal,
            Method = method,
            Name = DeclarationNames.Of(method, attribute, isWorkflow: false, types),
            Version = 1,
            OncePerRun = false,
            Mode = StepModeKind.AtLeastOnce,
            KeepsFailure = false,
            Retry = null,
            Aliases = [],
            Returns = types.Returns(method, out _),
            Result = Payload(method, types),
            Arguments = [],
            Token = null,
            Key = null,
            Core = null,
            DefinitionName = DeclarationNames.Definition(method, types),
            Timeout = timeout,
            CallName = DeclarationNames.Signal(method),
            Problems = problems,
        };
    }

    /// <summary>What a signal brings: what a wait without a limit returns, and what is inside the result of one with a limit. Null for nothing.</summary>
    public static ITypeSymbol? Payload(IMethodSymbol method, KnownTypes types)
    {
        types.Returns(method, out var result);
        return !IsWaitResult(result, types) ? result : result is INamedTypeSymbol { TypeArguments: [var value] } ? value : null;
    }

    private static IParameterSymbol? Timeout(IMethodSymbol method, KnownTypes types)
        => method.Parameters is [{ RefKind: RefKind.None, IsParams: false } only] && KnownTypes.Same(only.Type, types.TimeSpan) ? only : null;

    private static bool IsWaitResult(ITypeSymbol? type, KnownTypes types)
        => KnownTypes.Same(type, types.WaitResult) || KnownTypes.Same(type?.OriginalDefinition, types.WaitResultOfValue);

    private static string? WhyWrong(IMethodSymbol method, KnownTypes types)
    {
        var returns = types.Returns(method, out var result);
        if (method.ReturnType.TypeKind == TypeKind.Error)
            return null;
        var written = method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        if (Timeout(method, types) is not null)
        {
            // A type that does not exist is the compiler's to report.
            return method.RefKind == RefKind.None && returns is ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult && (IsWaitResult(result, types) || result is { TypeKind: TypeKind.Error })
                ? null
                : $"Task<WaitResult<T>> of what the signal brings, or Task<WaitResult> where it brings nothing, instead of '{written}': a wait with a limit may end without it";
        }

        if (method.RefKind != RefKind.None || returns > ReturnShape.ValueTaskOfResult)
            return $"Task<T> or ValueTask<T> of what the signal brings, or Task or ValueTask where it brings nothing, instead of '{written}'";
        return IsWaitResult(result, types) ? $"what the signal brings instead of '{written}', or give it a TimeSpan, for how long it waits: without one it does not time out" : null;
    }
}
