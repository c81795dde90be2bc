using Durable.Payloads.Contexts;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Analyzers.Payloads;

/// <summary>What is wrong with a registered context, without symbols and trees.</summary>
internal readonly record struct ContextProblem(string Context, string Reason, FileLinePositionSpan Lines, TextSpan Span, bool StopsBuild)
{
    /// <summary>The problem of an attribute; null for one that registers a context, and for other attributes.</summary>
    public static ContextProblem? Of(AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        if (ContextAttribute.Context(attribute) is not { } context || ContextAttribute.Problem(context, compilation) is not { } reason
            || attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax)
            return null;
        var place = (syntax.ArgumentList?.Arguments.FirstOrDefault() as SyntaxNode ?? syntax).GetLocation();
        return new ContextProblem(context.ShortName(), reason, place.GetLineSpan(), place.SourceSpan, ContextAttribute.IsLeftUnwritten(context));
    }

    /// <summary>The diagnostic, at a place without a tree, as generators report.</summary>
    public Diagnostic Diagnose() => Diagnose(Location.Create(Lines.Path, Span, Lines.Span));

    /// <summary>The diagnostic at its place.</summary>
    public Diagnostic Diagnose(Location place) => Diagnostic.Create(PayloadRules.NoContext, place, Context, Reason);
}
