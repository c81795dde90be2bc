using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Durable.CodeFixes.Payloads;

/// <summary>An attribute to write.</summary>
/// <param name="Target">The type, or the file for an attribute of the assembly.</param>
/// <param name="Attribute">The attribute's class.</param>
/// <param name="Type">The type that it names.</param>
/// <param name="Text">Its second argument; null for none.</param>
internal sealed record Addition(SyntaxNode Target, INamedTypeSymbol Attribute, ITypeSymbol Type, string? Text = null)
{
    /// <summary>The trees of additions, each with its root after them. Those to one type come in their order.</summary>
    public static async Task<IReadOnlyList<(SyntaxTree Tree, SyntaxNode Root)>> Apply(Solution solution, IEnumerable<Addition> additions, CancellationToken cancellationToken)
    {
        var edited = new List<(SyntaxTree, SyntaxNode)>();
        foreach (var inTree in additions.GroupBy(addition => addition.Target.SyntaxTree))
        {
            // A tree without a document was generated: nobody can edit it.
            if (solution.GetDocument(inTree.Key) is not { } document)
                continue;
            var root = await inTree.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            var (generator, lineEnd) = (SyntaxGenerator.GetGenerator(document), AttributeLists.LineEnd(root));
            var changed = root.ReplaceNodes(inTree.Select(addition => addition.Target).OfType<BaseTypeDeclarationSyntax>().Distinct(), (before, now)
                => inTree.Where(addition => addition.Target == before).Aggregate(now, (type, addition) => AttributeLists.Add(type, addition.ToSyntax(generator), AttributeLists.StartsLine(before), lineEnd)));
            foreach (var addition in inTree.Where(addition => addition.Target is CompilationUnitSyntax))
                changed = AttributeLists.Add((CompilationUnitSyntax)changed, addition.ToSyntax(generator), lineEnd);
            edited.Add((inTree.Key, changed));
        }

        return edited;
    }

    // Names from global:: on, which the editor writes as short as the place allows, with the usings that that takes.
    private AttributeSyntax ToSyntax(SyntaxGenerator generator)
    {
        var arguments = SyntaxFactory.SeparatedList([SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression((TypeSyntax)generator.TypeExpression(Type)))]);
        if (Text is not null)
            arguments = arguments.Add(SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Text)))
                .WithLeadingTrivia(SyntaxFactory.Space));
        return SyntaxFactory.Attribute((NameSyntax)generator.TypeExpression(Attribute), SyntaxFactory.AttributeArgumentList(arguments))
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
    }
}
