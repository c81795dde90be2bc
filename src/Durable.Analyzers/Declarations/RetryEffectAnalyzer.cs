using System.Collections.Immutable;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Declarations;

/// <summary>Reports <c>[Retry]</c>, and values in it, that change nothing: whoever wrote them counts on something that does not happen.</summary>
/// <remarks>Not on assemblies: a file with the attribute may be shared by projects of which some have no steps.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetryEffectAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_ofFurtherAttempts = ["InitialDelay", "BackoffRate", "MaxDelay", "Jitter", "MaxElapsed", "RetryOn", "NeverRetryOn", "RetryOnMessage"];

    // As RetryPolicy has it: the cap where none is written, unless the first delay is longer.
    private static readonly TimeSpan s_defaultMaxDelay = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DeclarationRules.RetryWithoutEffect];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownTypes.Create(start.Compilation) is { RetryAttribute: not null } types)
                start.RegisterSymbolAction(symbol => ReadType(symbol, types), SymbolKind.NamedType);
        });
    }

    private static void ReadType(SymbolAnalysisContext context, KnownTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (KnownTypes.Find(type, types.RetryAttribute) is { } around)
        {
            if (WhyInVain(type, types) is { } reason)
                Report(context, around, null, "Retry", reason);
            else
                ReadValues(context, around);
        }

        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.PartialDefinitionPart is not null || KnownTypes.Find(method, types.RetryAttribute) is not { } own)
                continue;
            if (IsDeclared(method, types))
                ReadValues(context, own);
            else
                Report(context, own, null, "Retry", WhyInVain(method, types));
        }
    }

    // It holds for the steps declared in the type that have none nearer. Where each has one of its own, it may wait for others.
    private static string? WhyInVain(INamedTypeSymbol type, KnownTypes types)
    {
        var steps = Steps(type, types).ToList();
        if (steps.Count == 0)
        {
            return type.GetMembers().OfType<IMethodSymbol>().Any(types.IsWorkflow)
                ? "it holds for the steps declared in a type, and this one declares none; for further attempts of the run put it on the workflow"
                : "it holds for the steps declared in a type, and this one declares none";
        }

        return steps.TrueForAll(step => KnownTypes.Find(step, types.RetryAttribute) is null && RunsAtMostOnce(step, types))
            ? "all the steps in this type run at most once, without a second attempt: use StepMode.AtMostOncePerAttempt"
            : null;
    }

    private static string WhyInVain(IMethodSymbol method, KnownTypes types)
        => method.ContainingType.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(declared => IsDeclared(declared, types) && DeclarationNames.Core(declared) == method.Name) is { } declaration
            ? $"a body is executed as its declaration says: put it on '{declaration.Name}'"
            : $"'{method.Name}' is neither a [Step] nor a [Workflow]";

    private static IEnumerable<IMethodSymbol> Steps(INamedTypeSymbol type, KnownTypes types)
        => type.GetMembers().OfType<IMethodSymbol>().Where(method => KnownTypes.Find(method, types.StepAttribute) is not null)
            .Concat(type.GetTypeMembers().Where(nested => KnownTypes.Find(nested, types.RetryAttribute) is null).SelectMany(nested => Steps(nested, types)));

    private static bool IsDeclared(IMethodSymbol method, KnownTypes types)
        => KnownTypes.Find(method, types.StepAttribute) is not null || KnownTypes.Find(method, types.WorkflowAttribute) is not null;

    private static bool RunsAtMostOnce(IMethodSymbol step, KnownTypes types)
        => KnownTypes.Find(step, types.StepAttribute)?.NamedArguments.FirstOrDefault(argument => argument.Key == "Mode").Value.Value is (int)StepModeKind.AtMostOnce;

    private static void ReadValues(SymbolAnalysisContext context, AttributeData retry)
    {
        // What is named says all itself; what stands beside it is an error.
        if (retry.ConstructorArguments.Length > 0 || retry.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax { ArgumentList: { } list })
            return;
        if (IsOne(Written(list, "MaxAttempts")))
        {
            foreach (var name in s_ofFurtherAttempts.Where(name => Written(list, name) is not null))
                Report(context, retry, Written(list, name), name, "there is one attempt, since MaxAttempts counts the first execution too");
        }
        else if (Written(list, "BackoffRate") is { } rate && Value(retry, "BackoffRate") is > 1.0 && WhyNoGrowth(retry) is { } reason)
        {
            Report(context, retry, rate, "BackoffRate", reason);
        }
    }

    private static string? WhyNoGrowth(AttributeData retry)
    {
        if (Duration(retry, "InitialDelay") is not { } initial)
            return null;
        if (initial == TimeSpan.Zero)
            return "InitialDelay is zero, and so is each multiple of it";
        if (Value(retry, "MaxDelay") is not null)
            return Duration(retry, "MaxDelay") == initial ? "MaxDelay is as long as InitialDelay, so that all delays are the same" : null;
        return initial >= s_defaultMaxDelay ? "no delay is longer than the first one, where that is 5 minutes or more, unless MaxDelay says so" : null;
    }

    // Written as a number at its place: a constant may have other values in other builds.
    private static bool IsOne(AttributeArgumentSyntax? attempts) => attempts?.Expression is LiteralExpressionSyntax { Token.Value: 1 };

    private static TimeSpan? Duration(AttributeData retry, string name) => Value(retry, name) is string text ? DurationText.Read(text) : null;

    private static object? Value(AttributeData retry, string name)
        => retry.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: var value } ? value : null;

    private static AttributeArgumentSyntax? Written(AttributeArgumentListSyntax list, string name)
        => list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    private static void Report(SymbolAnalysisContext context, AttributeData retry, AttributeArgumentSyntax? argument, string name, string reason)
        => context.ReportDiagnostic(Diagnostic.Create(
            DeclarationRules.RetryWithoutEffect, argument?.GetLocation() ?? DeclarationReader.Place(retry, context.Symbol.Locations.FirstOrDefault() ?? Location.None), name, reason));
}
