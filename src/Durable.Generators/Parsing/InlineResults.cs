using Durable.Declarations;
using Durable.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>The results of inline steps: types that no declaration mentions, and that are stored all the same.</summary>
internal static class InlineResults
{
    private static readonly Remembered<PayloadModel> s_remembered = new();

    public static bool MayBe(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "StepAsync" } };

    /// <summary>The payload of an inline step's result; null for a call of another kind.</summary>
    public static PayloadModel? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
        => s_remembered.Get(context.Node, context.SemanticModel.Compilation, _ => ReadNew(context, cancellationToken), cancellationToken);

    private static PayloadModel? ReadNew(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetSymbolInfo(context.Node, cancellationToken).Symbol is not IMethodSymbol { TypeArguments: [var result] } target
            || KnownTypes.Create(context.SemanticModel.Compilation) is not { } types
            || !KnownTypes.Same(target.ContainingType, types.WorkflowContext))
            return null;
        var problems = new List<DeclarationProblem>();
        PayloadAccess.Check(result, context.Node.GetLocation(), target, types.Compilation.Assembly, types, problems);
        return problems.Count == 0 && result is not ITypeParameterSymbol ? PayloadReader.Read(result, container: null, types.Compilation, cancellationToken) : null;
    }
}
