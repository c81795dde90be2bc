using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Finds what uses a method: in its own project, which a fix can follow, and in the projects behind it, which it leaves alone.</summary>
/// <param name="project">The project that declares the method.</param>
/// <param name="compilation">Its compilation, with what was generated.</param>
/// <param name="cancellationToken">Stops the search.</param>
internal sealed class MethodUses(Project project, Compilation compilation, CancellationToken cancellationToken)
{
    /// <summary>The calls of a method in its own project.</summary>
    public IEnumerable<InvocationExpressionSyntax> Calls(IMethodSymbol method)
        => from tree in compilation.SyntaxTrees
           where project.Solution.GetDocument(tree) is not null
           from name in Mentions(tree, method.Name)
           let call = Call(name)
           where call is not null && SymbolEqualityComparer.Default.Equals(compilation.GetSemanticModel(tree).GetSymbolInfo(call, cancellationToken).Symbol?.OriginalDefinition, method)
           select call;

    /// <summary>What the names in a method's body mean; a name behind a dot or before a colon has its meaning from there.</summary>
    public IEnumerable<(string Name, ISymbol? Symbol)> NamesIn(IMethodSymbol method)
        => from reference in method.DeclaringSyntaxReferences
           let model = compilation.GetSemanticModel(reference.SyntaxTree)
           let declaration = reference.GetSyntax(cancellationToken) as MethodDeclarationSyntax
           from name in ((SyntaxNode?)declaration?.Body ?? declaration?.ExpressionBody)?.DescendantNodes().OfType<IdentifierNameSyntax>() ?? []
           where !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name) && name.Parent is not (MemberBindingExpressionSyntax or NameColonSyntax or QualifiedNameSyntax)
           select (name.Identifier.ValueText, model.GetSymbolInfo(name, cancellationToken).Symbol);

    /// <summary>True where another project of the solution uses the method.</summary>
    public async Task<bool> AreElsewhereAsync(IMethodSymbol method)
    {
        var id = method.GetDocumentationCommentId();
        return (await Elsewhere(method.Name).ConfigureAwait(false)).Any(info => info.CandidateSymbols.Append(info.Symbol).Any(symbol => symbol?.OriginalDefinition.GetDocumentationCommentId() == id));
    }

    /// <summary>True where a member is mentioned that is not there, as generated ones are not while their declaration is at fault.</summary>
    public async Task<bool> MentionMissingAsync(string member)
        => compilation.SyntaxTrees.SelectMany(tree => Mentions(tree, member)).Any(name => compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellationToken).Symbol is null)
            || (await Elsewhere(member).ConfigureAwait(false)).Any(info => info.Symbol is null);

    /// <summary>What a name means wherever the projects behind this one mention it.</summary>
    private async Task<IReadOnlyList<SymbolInfo>> Elsewhere(string name)
    {
        var found = new List<SymbolInfo>();
        foreach (var id in project.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id))
        {
            foreach (var document in project.Solution.GetProject(id)?.Documents ?? [])
            {
                if (await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false) is { } tree && Mentions(tree, name) is { Count: > 0 } mentions
                    && await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model)
                    found.AddRange(mentions.Select(mention => model.GetSymbolInfo(mention, cancellationToken)));
            }
        }

        return found;
    }

    private List<SimpleNameSyntax> Mentions(SyntaxTree tree, string name)
        => tree.GetText(cancellationToken).ToString().Contains(name)
            ? [.. tree.GetRoot(cancellationToken).DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>().Where(mention => mention.Identifier.ValueText == name)]
            : [];

    private static InvocationExpressionSyntax? Call(SimpleNameSyntax name)
    {
        ExpressionSyntax called = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }
}
