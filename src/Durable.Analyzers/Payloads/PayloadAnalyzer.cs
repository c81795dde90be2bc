using System.Collections.Immutable;
using Durable.Declarations;
using Durable.Generators.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Payloads;

/// <summary>Reports which arguments and results of workflows and steps cannot be stored, or not whole, with the path to the member at fault.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PayloadRules.CannotBeStored, PayloadRules.NotStoredWhole];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            // By type, not by method: the generated half marks its method as generated code, which analyzers are not shown.
            if (KnownTypes.Create(start.Compilation) is { } types)
                start.RegisterSymbolAction(symbol => ReadContainer(symbol, types), SymbolKind.NamedType);
        });
    }

    private static void ReadContainer(SymbolAnalysisContext context, KnownTypes types)
    {
        foreach (var method in DeclarationNames.Declared((INamedTypeSymbol)context.Symbol, types))
            ReadMethod(context, method, types);
    }

    private static void ReadMethod(SymbolAnalysisContext context, IMethodSymbol method, KnownTypes types)
    {
        if (DeclarationReader.Read(method, types, context.CancellationToken) is not { Method.IsGenericMethod: false } declaration)
            return;
        foreach (var argument in declaration.Arguments)
            ReadType(context, declaration, argument.Type, argument.Locations.FirstOrDefault());
        if (declaration is { Result: { } result, Returns: ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult })
            ReadType(context, declaration, result, Returned(declaration.Method, context.CancellationToken));
    }

    private static void ReadType(SymbolAnalysisContext context, Declaration declaration, ITypeSymbol type, Location? place)
    {
        // One thing at a time: where the declaration itself is wrong, its rule speaks first.
        if (place is null || declaration.Problems.Any(problem => problem.Location == place && problem.Kind != DeclarationProblemKind.UnsupportedKeyType))
            return;
        foreach (var problem in PayloadReader.Read(type, context.Compilation, context.CancellationToken).Problems)
        {
            if (PayloadRules.For(problem.Kind) is { } rule)
                context.ReportDiagnostic(Diagnostic.Create(rule, place, problem.Path, problem.TypeName, problem.Reason));
        }
    }

    private static Location? Returned(IMethodSymbol method, CancellationToken cancellationToken)
        => (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax)?.ReturnType.GetLocation();
}
