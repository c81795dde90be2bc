using Durable.Payloads;
using Microsoft.CodeAnalysis;

namespace Durable.Analyzers.Payloads;

/// <summary>The rules about arguments and results. {0} is the path to what is wrong, {1} the type there, {2} why, as the end of a sentence that starts with the type. Of a context, {0} is its name and {1} what is wrong.</summary>
internal static class PayloadRules
{
    private const string About = RuleCategory.Payloads;

    public static readonly DiagnosticDescriptor CannotBeStored = Rule.Error("DUR5001", About,
        "The type can be stored",
        "Cannot store '{0}': {1} {2}");

    public static readonly DiagnosticDescriptor NotStoredWhole = Rule.Warning("DUR5002", About,
        "The type is stored whole",
        "'{0}', of type {1}, {2}");

    public static readonly DiagnosticDescriptor NoContext = Rule.Error("DUR5003", About,
        "A registered context can be asked",
        "Cannot ask '{0}' for contracts: it {1}");

    /// <summary>{0} is the parameter.</summary>
    public static readonly DiagnosticDescriptor SensitiveKey = Rule.Error("DUR5005", About,
        "A step's key is not sensitive",
        "'{0}' is the step's key, which is part of its id and stored and logged as it is: take another parameter for the key, or remove [Sensitive]");

    /// <summary>{0} is what is marked, {1} why that changes nothing.</summary>
    public static readonly DiagnosticDescriptor SensitiveWithoutEffect = Rule.Warning("DUR5006", About,
        "[Sensitive] stands where it masks something",
        "[Sensitive] has no effect on '{0}': {1}");

    /// <summary>{0} is what the attribute names, {1} why it cannot be used, as the end of a sentence that starts with it.</summary>
    public static readonly DiagnosticDescriptor UnusableSerializer = Rule.Error("DUR5007", About,
        "A payload serializer fits where it is named",
        "Cannot store by '{0}' here: it {1}");

    public static readonly DiagnosticDescriptor NotBroughtBack = Rule.Error("DUR5008", About,
        "An error can be brought back",
        "Cannot bring back '{0}': {1} {2}");

    /// <summary>The rule about a problem; null where the compiler's own error says what to do.</summary>
    public static DiagnosticDescriptor? For(PayloadProblemKind kind) => kind switch
    {
        PayloadProblemKind.Unsupported or PayloadProblemKind.Inaccessible => CannotBeStored,
        PayloadProblemKind.Lossy => NotStoredWhole,
        _ => null,
    };

    /// <summary>The diagnostic of a problem; null where the compiler's own error says what to do.</summary>
    public static Diagnostic? Diagnose(PayloadProblem problem, Location place)
        => For(problem.Kind) is { } rule ? Diagnostic.Create(rule, place, problem.Path, problem.TypeName, problem.Reason) : null;

    /// <summary>The diagnostic of a problem of a <c>[DurableError]</c> type; null where the compiler's own error says what to do.</summary>
    public static Diagnostic? DiagnoseError(PayloadProblem problem, Location place) => For(problem.Kind) == CannotBeStored
        ? Diagnostic.Create(NotBroughtBack, place, problem.Path, problem.TypeName, problem.Reason)
        : Diagnose(problem, place);
}
