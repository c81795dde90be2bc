using System.Collections.Immutable;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Declarations;

/// <summary>Reports a <c>Core</c> that returns null, as it is written there, where a task is awaited. What a call hands back is not followed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullTaskAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DeclarationRules.NullTask];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownTypes.Create(start.Compilation) is { } types)
                start.RegisterSyntaxNodeAction(node => ReadMethod(node, types), SyntaxKind.MethodDeclaration);
        });
    }

    private static void ReadMethod(SyntaxNodeAnalysisContext context, KnownTypes types)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        var returned = Returned(method).SelectMany(Branches).Where(value => IsNull(value, context.SemanticModel)).ToList();
        if (returned.Count == 0 || context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is not { IsAsync: false } core
            || types.Returns(core, out var result) is not (ReturnShape.Task or ReturnShape.TaskOfResult) || !IsCore(core, types, context.CancellationToken))
            return;
        foreach (var value in returned)
            context.ReportDiagnostic(Diagnostic.Create(DeclarationRules.NullTask, value.GetLocation(), core.Name, result is null ? "Task.CompletedTask" : "Task.FromResult(...)"));
    }

    private static bool IsCore(IMethodSymbol method, KnownTypes types, CancellationToken cancellationToken) => DeclarationNames.Declared(method.ContainingType, types)
        .Where(declared => DeclarationNames.Core(declared) == method.Name)
        .Any(declared => SymbolEqualityComparer.Default.Equals(DeclarationReader.Read(declared, types, cancellationToken)?.Core?.Method, method));

    /// <summary>What the method itself returns, not the functions in it.</summary>
    private static IEnumerable<ExpressionSyntax> Returned(MethodDeclarationSyntax method)
    {
        if (method.ExpressionBody is { } arrow)
            return [arrow.Expression];
        return method.Body?.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).OfType<ExpressionSyntax>() ?? [];
    }

    private static IEnumerable<ExpressionSyntax> Branches(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax { Expression: ConditionalExpressionSyntax or SwitchExpressionSyntax or BinaryExpressionSyntax } inner => Branches(inner.Expression),
        ConditionalExpressionSyntax choice => Branches(choice.WhenTrue).Concat(Branches(choice.WhenFalse)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => Branches(choice.Right),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Branches(arm.Expression)),
        _ => [value],
    };

    private static bool IsNull(ExpressionSyntax value, SemanticModel model) => value switch
    {
        ParenthesizedExpressionSyntax inner => IsNull(inner.Expression, model),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } trusted => IsNull(trusted.Operand, model),
        CastExpressionSyntax cast => IsNull(cast.Expression, model) && IsReference(cast.Type, model),
        DefaultExpressionSyntax { Type: var type } => IsReference(type, model),
        _ => value.IsKind(SyntaxKind.NullLiteralExpression) || value.IsKind(SyntaxKind.DefaultLiteralExpression),
    };

    private static bool IsReference(TypeSyntax type, SemanticModel model) => model.GetTypeInfo(type).Type is { IsReferenceType: true };
}
