using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>A workflow, step or signal as the user declared it. Holds symbols: never kept past the analysis or the transform that asked for it.</summary>
internal sealed record Declaration
{
    public required DeclarationKind Kind { get; init; }

    /// <summary>The method that carries the attribute.</summary>
    public required IMethodSymbol Method { get; init; }

    /// <summary>The explicit name or the default one.</summary>
    public required string Name { get; init; }

    /// <summary>The workflow's version; 1 for a step.</summary>
    public required int Version { get; init; }

    public required bool OncePerRun { get; init; }

    /// <summary>How often a step's body may run.</summary>
    public required StepModeKind Mode { get; init; }

    /// <summary>True when a step's failure is kept for good.</summary>
    public required bool KeepsFailure { get; init; }

    /// <summary>Whether a failed attempt is followed by another; null for one attempt.</summary>
    public required RetrySetting? Retry { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required ReturnShape Returns { get; init; }

    /// <summary>The result, of a signal what it brings; null for none.</summary>
    public required ITypeSymbol? Result { get; init; }

    /// <summary>The parameters that are arguments: all but the token.</summary>
    public required IReadOnlyList<IParameterSymbol> Arguments { get; init; }

    /// <summary>The cancellation token, if the declaration has one.</summary>
    public required IParameterSymbol? Token { get; init; }

    /// <summary>The parameter marked as key.</summary>
    public required IParameterSymbol? Key { get; init; }

    /// <summary>The body; null when missing, doubled or mismatched.</summary>
    public required CoreMethod? Core { get; init; }

    /// <summary>The field of the generated class that holds its definition.</summary>
    public required string DefinitionName { get; init; }

    /// <summary>How long a wait for a signal takes at most; null for no limit, and for what is no signal.</summary>
    public IParameterSymbol? Timeout { get; init; }

    /// <summary>The generated factory of calls, or of what is sent; null for a step.</summary>
    public required string? CallName { get; init; }

    public required IReadOnlyList<DeclarationProblem> Problems { get; init; }
}

/// <summary>The body that belongs to a declaration.</summary>
/// <param name="Method">The method.</param>
/// <param name="Returns">How it hands back the result.</param>
/// <param name="Extras">What it takes after the declared parameters, in order.</param>
internal sealed record CoreMethod(IMethodSymbol Method, ReturnShape Returns, IReadOnlyList<CoreExtra> Extras);

/// <summary>What a body may take beyond the declared parameters.</summary>
internal enum CoreExtra
{
    Context,
    Token,
}
