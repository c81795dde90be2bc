using Durable.Generators.Model;
using Durable.Payloads;
using Durable.Payloads.Errors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>A <c>[DurableError]</c> type, from symbols to a model without any.</summary>
internal static class ErrorParser
{
    private static readonly Remembered<ErrorModel> s_remembered = new();

    /// <summary>True for what may be such a type. The attribute's name may be an alias.</summary>
    public static bool MayBe(SyntaxNode node) => node is ClassDeclarationSyntax { AttributeLists.Count: > 0 };

    /// <summary>The model; null for another type.</summary>
    public static ErrorModel? Parse(GeneratorSyntaxContext context, CancellationToken cancellationToken)
        => s_remembered.Get(context.Node, context.SemanticModel.Compilation, _ => ParseNew(context, cancellationToken), cancellationToken);

    private static ErrorModel? ParseNew(GeneratorSyntaxContext context, CancellationToken cancellationToken)
        => context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is INamedTypeSymbol type && ErrorTypes.IsMarked(type)
            ? new ErrorModel(PayloadReader.ReadError(type, context.SemanticModel.Compilation, cancellationToken))
            : null;
}
