using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>The results of inline steps: types that no declaration mentions, and that are stored all the same.</summary>
internal static class InlineResults
{
    private static readonly Remembered<InlineResult> s_remembered = new();

    public static bool MayBe(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "StepAsync" or "AcquireStepAsync" } };

    /// <summary>The result of an inline step; null for a call of another kind, and for one whose result generated code cannot name.</summary>
    public static InlineResult? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
        => s_remembered.Get(context.Node, context.SemanticModel.Compilation, _ => ReadNew(context, cancellationToken), cancellationToken);

    private static InlineResult? ReadNew(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetSymbolInfo(context.Node, cancellationToken).Symbol is not IMethodSymbol target
            || KnownTypes.Create(context.SemanticModel.Compilation) is not { } types
            || !KnownTypes.Same(target.ContainingType, types.WorkflowContext))
            return null;
        var name = Name(context, target, cancellationToken);
        if (target.TypeArguments is not [var result])
            return new InlineResult(null, HasResult: false, name);
        if (IsOpen(result))
            return new InlineResult(null, HasResult: true, name);
        var problems = new List<DeclarationProblem>();
        PayloadAccess.Check(result, context.Node.GetLocation(), target, types.Compilation.Assembly, types, problems);
        if (problems.Count > 0)
            return null;
        var payload = PayloadReader.Read(result, container: null, types.Compilation, cancellationToken);
        return new InlineResult(payload, HasResult: true, name);
    }

    private static string? Name(GeneratorSyntaxContext context, IMethodSymbol target, CancellationToken cancellationToken)
    {
        var arguments = ((InvocationExpressionSyntax)context.Node).ArgumentList.Arguments;
        var name = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == target.Parameters[0].Name) ?? arguments.FirstOrDefault(argument => argument.NameColon is null);
        return name is null ? null : context.SemanticModel.GetConstantValue(name.Expression, cancellationToken).Value as string;
    }

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };
}
