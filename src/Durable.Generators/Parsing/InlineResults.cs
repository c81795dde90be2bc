using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>The results of inline steps, and what other calls of the context store: types that no declaration mentions.</summary>
internal static class InlineResults
{
    private static readonly Remembered<InlineResult> s_remembered = new();

    public static bool MayBe(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } } && ContextPayloads.MayStore(name);

    /// <summary>What a call stores; null for a call of another kind, and for one of which generated code can name nothing.</summary>
    public static InlineResult? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
        => s_remembered.Get(context.Node, context.SemanticModel.Compilation, _ => ReadNew(context, cancellationToken), cancellationToken);

    private static InlineResult? ReadNew(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetSymbolInfo(context.Node, cancellationToken).Symbol is not IMethodSymbol target
            || KnownTypes.Create(context.SemanticModel.Compilation) is not { } types
            || !ContextPayloads.IsCall(target, types))
            return null;
        var (received, sent) = (ContextPayloads.Received(target), ContextPayloads.Sent(target));
        var payload = Payload(received, target, types, cancellationToken);
        // What cannot be named has a rule; nothing is said of such a step.
        if (received is not null && payload is null && !ContextPayloads.IsOpen(received))
            return null;
        return new InlineResult(payload, received is not null, Name(context, target, cancellationToken), ContextPayloads.IsStep(target), Payload(sent, target, types, cancellationToken));
    }

    /// <summary>How a type is stored; null for none, and for one that a type parameter decides or that generated code cannot name.</summary>
    private static PayloadModel? Payload(ITypeSymbol? type, IMethodSymbol target, KnownTypes types, CancellationToken cancellationToken)
    {
        if (type is null || ContextPayloads.IsOpen(type))
            return null;
        var problems = new List<DeclarationProblem>();
        PayloadAccess.Check(type, Location.None, target, types.Compilation.Assembly, types, problems);
        return problems.Count > 0 ? null : PayloadReader.Read(type, container: null, types.Compilation, cancellationToken);
    }

    private static string? Name(GeneratorSyntaxContext context, IMethodSymbol target, CancellationToken cancellationToken)
    {
        var arguments = ((InvocationExpressionSyntax)context.Node).ArgumentList.Arguments;
        var name = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == target.Parameters[0].Name) ?? arguments.FirstOrDefault(argument => argument.NameColon is null);
        return name is null ? null : context.SemanticModel.GetConstantValue(name.Expression, cancellationToken).Value as string;
    }
}
