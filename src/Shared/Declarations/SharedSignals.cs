using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Compares the waits for signals of one type with each other: one signal may be declared with a limit and without, and then what is sent is made in one place.</summary>
internal static class SharedSignals
{
    /// <summary>Finds waits for signals of one name that bring different types, in the type or in one that it derives from: what is sent for one could not be read by the other.</summary>
    public static void Check(Declaration signal, Location here, KnownTypes types, List<DeclarationProblem> problems)
    {
        for (INamedTypeSymbol? type = signal.Method.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var other in In(type, types))
            {
                if (!SymbolEqualityComparer.Default.Equals(other, signal.Method) && Name(other, types) == signal.Name && !BringsSame(signal, other, types) && !DuplicateSteps.Overrides(signal.Method, other))
                    problems.Add(new DeclarationProblem(DeclarationProblemKind.DuplicateSignalName, here, signal.Name, other.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
            }
        }
    }

    /// <summary>The waits of the type whose factory would be the same method, and would make another signal.</summary>
    public static IEnumerable<IMethodSymbol> WithOtherName(Declaration signal, KnownTypes types)
        => Sharing(signal, types).Where(other => Name(other, types) != signal.Name);

    /// <summary>True for the wait beside which the factory is written: of several for one signal the most accessible, and of those the one without a limit.</summary>
    public static bool HasFactory(Declaration signal, KnownTypes types)
        => KnownTypes.IsSame(
            Sharing(signal, types).Append(signal.Method)
                .OrderByDescending(method => method.DeclaredAccessibility).ThenBy(method => method.Parameters.Length).ThenBy(method => method.Name, StringComparer.Ordinal).First(),
            signal.Method);

    private static IEnumerable<IMethodSymbol> Sharing(Declaration signal, KnownTypes types)
        => In(signal.Method.ContainingType, types).Where(other
            => !SymbolEqualityComparer.Default.Equals(other, signal.Method) && DeclarationNames.Signal(other) == signal.CallName && BringsSame(signal, other, types));

    private static IEnumerable<IMethodSymbol> In(INamedTypeSymbol type, KnownTypes types)
        => DeclarationNames.Declared(type, types).Where(method => types.IsSignal(method) && !types.IsStep(method) && !types.IsWorkflow(method));

    private static bool BringsSame(Declaration signal, IMethodSymbol other, KnownTypes types)
        => SignalReading.Payload(other, types) is not { } payload ? signal.Result is null : types.Fits(payload, signal.Result);

    private static string? Name(IMethodSymbol signal, KnownTypes types)
        => KnownTypes.Find(signal, types.SignalAttribute) is { } attribute ? DeclarationNames.Of(signal, attribute, isWorkflow: false, types) : null;
}
