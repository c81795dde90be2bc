using System.Collections.Concurrent;
using System.Collections.Immutable;
using Durable.Analyzers.Payloads;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Durable.Analyzers.Declarations;

/// <summary>Reports what <see cref="DeclarationReader"/> finds wrong with workflows, steps and signals: what the generator would otherwise leave out in silence.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. ((DeclarationProblemKind[])Enum.GetValues(typeof(DeclarationProblemKind))).Select(DeclarationRules.For).OfType<DiagnosticDescriptor>().Distinct(),
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownTypes.Create(start.Compilation) is not { } types)
                return;
            var workflows = new ConcurrentBag<Declaration>();
            start.RegisterSymbolAction(symbol => ReadType(symbol, types, workflows), SymbolKind.NamedType);
            start.RegisterOperationAction(operation => ReadCall(operation, types), OperationKind.Invocation);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var problem in DuplicateWorkflows.In(workflows))
                    end.ReportDiagnostic(DeclarationRules.Diagnose(problem));
            });
        });
    }

    private static void ReadType(SymbolAnalysisContext context, KnownTypes types, ConcurrentBag<Declaration> workflows)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var problems = new HashSet<DeclarationProblem>();
        foreach (var declaration in Declarations(type, types, context.CancellationToken))
        {
            // A type around this one speaks for itself, once for all the types in it.
            problems.UnionWith(declaration.Problems.Where(problem => problem.Kind != DeclarationProblemKind.ContainerNotPartial || type.Locations.Contains(problem.Location)));
            if (declaration.Kind == DeclarationKind.Workflow)
                workflows.Add(declaration);
        }

        problems.UnionWith(NotPartialAround(type, types, context.CancellationToken));
        foreach (var problem in problems.Where(problem => DeclarationRules.For(problem.Kind) is not null))
            context.ReportDiagnostic(DeclarationRules.Diagnose(problem));
    }

    private static void ReadCall(OperationAnalysisContext context, KnownTypes types)
    {
        foreach (var problem in CallPayload.In((IInvocationOperation)context.Operation, types).SelectMany(payload => payload.Hidden(types)))
            context.ReportDiagnostic(DeclarationRules.Diagnose(problem));
    }

    private static IEnumerable<DeclarationProblem> NotPartialAround(INamedTypeSymbol type, KnownTypes types, CancellationToken cancellationToken)
        => NestedIn(type).Skip(1).SelectMany(nested => Declarations(nested, types, cancellationToken))
            .SelectMany(declaration => declaration.Problems)
            .Where(problem => problem.Kind == DeclarationProblemKind.ContainerNotPartial && type.Locations.Contains(problem.Location));

    private static IEnumerable<INamedTypeSymbol> NestedIn(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(NestedIn).Prepend(type);

    private static IEnumerable<Declaration> Declarations(INamedTypeSymbol type, KnownTypes types, CancellationToken cancellationToken)
        => DeclarationNames.Declared(type, types).Select(method => DeclarationReader.Read(method, types, cancellationToken)).OfType<Declaration>();
}
