using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>A fix that changes the signature of a method, and with it the calls of that method. It is offered only where everything compiles afterwards and means what it meant.</summary>
public abstract class SignatureFix : DeclarationFix
{
    /// <summary>The new parameters of a method; null where the fix has no answer.</summary>
    /// <param name="method">The method to change.</param>
    /// <param name="types">The compilation's known types.</param>
    private protected abstract ParameterListSyntax? Parameters(IMethodSymbol method, KnownTypes types);

    /// <summary>True where the new parameters would change what is not looked at: the body of the method, or a use that is not a call.</summary>
    /// <param name="method">The method to change.</param>
    /// <param name="parameters">Its new parameters.</param>
    /// <param name="uses">Looks for uses.</param>
    /// <param name="types">The compilation's known types.</param>
    private protected abstract Task<bool> ChangesMeaningAsync(IMethodSymbol method, ParameterListSyntax parameters, MethodUses uses, KnownTypes types);

    private protected sealed override async Task<IReadOnlyList<SyntaxNode>> FindAsync(Document document, SemanticModel model, TextSpan span, CancellationToken cancellationToken)
    {
        if (Target(model, span, cancellationToken) is not { } target || KnownTypes.Create(model.Compilation) is not { } types
            || model.Compilation.GetSemanticModel(target.SyntaxTree).GetDeclaredSymbol(target, cancellationToken) is not IMethodSymbol { IsExtensionMethod: false } method
            || Parameters(method, types) is not { } parameters)
            return [];
        var uses = new MethodUses(document.Project, model.Compilation, cancellationToken);
        if (await ChangesMeaningAsync(method, parameters, uses, types).ConfigureAwait(false) || await uses.AreElsewhereAsync(method).ConfigureAwait(false))
            return [];
        var targets = new List<SyntaxNode> { target };
        foreach (var call in uses.Calls(method))
        {
            if (NewArguments.For(call.ArgumentList, method, parameters) is not { } arguments)
                return [];
            if (!arguments.IsEquivalentTo(call.ArgumentList))
                targets.Add(call);
        }

        var edited = await Edited(document.Project.Solution, targets, cancellationToken).ConfigureAwait(false);
        return Trial.Compiles(model.Compilation, edited, method, cancellationToken) ? targets : [];
    }

    /// <summary>Gives a call the arguments that the changed method takes.</summary>
    private protected void EditCall(SyntaxEditor editor, SemanticModel model, InvocationExpressionSyntax call)
    {
        if (KnownTypes.Create(model.Compilation) is not { } types || model.GetSymbolInfo(call).Symbol?.OriginalDefinition is not IMethodSymbol method || Parameters(method, types) is not { } parameters)
            return;
        editor.ReplaceNode(call, (current, _) => current is InvocationExpressionSyntax now && NewArguments.For(now.ArgumentList, method, parameters) is { } arguments
            ? now.WithArgumentList(arguments)
            : current);
    }
}
