using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>A problem with the types that a fix would change.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Type">The type at fault, where it alone is; else null.</param>
/// <param name="Around">The type that was read when it was found; null at the root.</param>
internal sealed record FoundProblem(PayloadProblem Problem, ITypeSymbol? Type, ITypeSymbol? Around);
