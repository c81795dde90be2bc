using System.Collections.Immutable;
using Durable.Declarations;
using Durable.Payloads;
using Durable.Payloads.Errors;
using Durable.Payloads.Serializers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Durable.Analyzers.Payloads;

/// <summary>Reports which arguments and results of workflows and steps, and which errors, cannot be stored, or not whole, with the path to the member at fault.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PayloadRules.CannotBeStored, PayloadRules.NotStoredWhole, PayloadRules.NotBroughtBack];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            // By type, not by method: the generated half marks its method as generated code, which analyzers are not shown.
            if (KnownTypes.Create(start.Compilation) is not { } types)
                return;
            start.RegisterSymbolAction(symbol => ReadContainer(symbol, types), SymbolKind.NamedType);
            start.RegisterSymbolAction(ReadError, SymbolKind.NamedType);
            start.RegisterOperationAction(operation => ReadCall(operation, types), OperationKind.Invocation);
        });
    }

    private static void ReadContainer(SymbolAnalysisContext context, KnownTypes types)
    {
        foreach (var method in DeclarationNames.Declared((INamedTypeSymbol)context.Symbol, types))
            ReadMethod(context, method, types);
    }

    private static void ReadError(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!ErrorTypes.IsMarked(type) || type.Locations.FirstOrDefault() is not { } place)
            return;
        foreach (var problem in PayloadReader.ReadError(type, context.Compilation, context.CancellationToken).Problems)
        {
            if (PayloadRules.DiagnoseError(problem, place) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }

    private static void ReadMethod(SymbolAnalysisContext context, IMethodSymbol method, KnownTypes types)
    {
        if (DeclarationReader.Read(method, types, context.CancellationToken) is not { Method.IsGenericMethod: false } declaration)
            return;
        foreach (var argument in declaration.Arguments)
            ReadDeclared(context, declaration, argument.Type, argument.Locations.FirstOrDefault());
        if (declaration is { Result: { } result, Returns: ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult }
            && SerializerAttribute.OfResult(declaration.Method, result, context.Compilation) is null)
            ReadDeclared(context, declaration, result, Returned(declaration.Method, context.CancellationToken));
    }

    private static void ReadDeclared(SymbolAnalysisContext context, Declaration declaration, ITypeSymbol type, Location? place)
    {
        // One thing at a time: where the declaration itself is wrong, its rule speaks first.
        if (place is not null && !declaration.Problems.Any(problem => problem.Location == place && problem.Kind != DeclarationProblemKind.UnsupportedKeyType))
            ReadType(type, declaration.Method.ContainingType, place, context.Compilation, context.ReportDiagnostic, context.CancellationToken);
    }

    private static void ReadCall(OperationAnalysisContext context, KnownTypes types)
    {
        // What cannot even be named has a rule of its own.
        foreach (var payload in CallPayload.In((IInvocationOperation)context.Operation, types).Where(payload => !payload.Hidden(types).Any()))
            ReadType(payload.Type, container: null, payload.Place, context.Compilation, context.ReportDiagnostic, context.CancellationToken);
    }

    private static void ReadType(ITypeSymbol type, INamedTypeSymbol? container, Location place, Compilation compilation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var problem in PayloadReader.Read(type, container, compilation, cancellationToken).Problems)
        {
            if (PayloadRules.Diagnose(problem, place) is { } diagnostic)
                report(diagnostic);
        }
    }

    private static Location? Returned(IMethodSymbol method, CancellationToken cancellationToken)
        => (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax)?.ReturnType.GetLocation();
}
