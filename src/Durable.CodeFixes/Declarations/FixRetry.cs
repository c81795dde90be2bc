using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>
/// Mends what a retry policy says and cannot mean, where there is one thing that it can mean. A number of attempts is left to the user: 0 may stand for no second attempt, or for no limit.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixRetry))]
[Shared]
public sealed class FixRetry : DeclarationFix
{
    private const string PerAttempt = "AtMostOncePerAttempt";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.InvalidRetry.Id];

    internal override string Summary => "Write durations with their units, leave out values that cannot be used, and let each attempt of a step with a policy run at most once";

    private protected override string Title(SyntaxNode target) => target switch
    {
        AttributeArgumentSyntax argument when Respelled(argument) is { } duration => $"Write \"{duration}\"",
        AttributeArgumentSyntax argument => $"Leave out '{Name(argument)}'",
        _ => $"Use 'StepMode.{PerAttempt}'",
    };

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
    {
        if (Around<AttributeArgumentSyntax>(model, span, cancellationToken) is not { } argument)
            return Mode(model, span, cancellationToken);
        return Name(argument) is not null && (Respelled(argument) is not null || (IsInVain(argument, model, cancellationToken) && !HasNotes(argument))) ? argument : null;
    }

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        if (target is not AttributeArgumentSyntax { Parent.Parent: AttributeSyntax attribute } argument)
        {
            var mode = (IdentifierNameSyntax)target;
            editor.ReplaceNode(mode, mode.WithIdentifier(SyntaxFactory.Identifier(PerAttempt).WithTriviaFrom(mode.Identifier)));
            return;
        }

        // Several values of one attribute may be mended: each finds its own by name.
        if (Respelled(argument) is { } duration)
            editor.ReplaceNode(attribute, (current, _) => With((AttributeSyntax)current, Name(argument)!, duration));
        else
            editor.ReplaceNode(attribute, (current, _) => Without((AttributeSyntax)current, Name(argument)!));
    }

    // The mode of the step that the policy is on.
    private static IdentifierNameSyntax? Mode(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
    {
        if (KnownTypes.Create(model.Compilation) is not { } types
            || Around<MethodDeclarationSyntax>(model, span, cancellationToken) is not { } method
            || model.GetDeclaredSymbol(method, cancellationToken) is not { } symbol
            || KnownTypes.Find(symbol, types.StepAttribute)?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax { ArgumentList: { } list })
            return null;
        var name = list.Arguments.FirstOrDefault(argument => Name(argument) == "Mode")?.Expression switch
        {
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } => member,
            IdentifierNameSyntax imported => imported,
            _ => null,
        };
        return name?.Identifier.ValueText == "AtMostOnce" ? name : null;
    }

    private static string? Name(AttributeArgumentSyntax argument) => argument.NameEquals?.Name.Identifier.ValueText;

    // Only where the duration is written: a constant is mended at its own place.
    private static string? Respelled(AttributeArgumentSyntax argument)
        => IsDuration(argument) && !IsBesideName(argument) && argument.Expression is LiteralExpressionSyntax { Token.Value: string text } ? DurationSpelling.Of(text) : null;

    private static bool IsDuration(AttributeArgumentSyntax argument) => Name(argument) is "InitialDelay" or "MaxDelay" or "MaxElapsed" or "AttemptTimeout";

    // What is reported at its place, and means something if it is left out.
    private static bool IsInVain(AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
    {
        if (IsBesideName(argument))
            return true;
        var value = model.GetConstantValue(argument.Expression, cancellationToken) is { HasValue: true } constant ? constant.Value : null;
        switch (Name(argument))
        {
            case "BackoffRate":
                return value is double and not >= 1 or float and not >= 1 or int and < 1;
            case "Jitter":
                return value is int and (< 0 or > 2);
            case "InitialDelay" or "MaxDelay":
                return IsNegative(value);
            case "MaxElapsed" or "AttemptTimeout":
                return IsNegative(value) || (value is string text && DurationText.Read(text) == TimeSpan.Zero) || IsOfWorkflow(argument, model, cancellationToken);
            default:
                return false;
        }
    }

    private static bool IsBesideName(AttributeArgumentSyntax argument)
        => argument.Parent is AttributeArgumentListSyntax list && list.Arguments.Any(other => other.NameEquals is null);

    private static bool IsNegative(object? value)
        => value is string text && text.Trim() is ['-', ..] negative && negative.Substring(1) is var rest && (DurationText.Read(rest) is not null || DurationSpelling.Of(rest) is not null);

    private static bool IsOfWorkflow(AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
        => KnownTypes.Create(model.Compilation) is { } types
            && argument.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            && model.GetDeclaredSymbol(method, cancellationToken) is { } symbol
            && types.IsWorkflow(symbol);

    // A comment there may say why: nobody but the user can tell where it belongs then.
    private static bool HasNotes(AttributeArgumentSyntax argument)
        => argument.Parent!.DescendantTrivia().Any(trivia => trivia.IsDirective || !string.IsNullOrWhiteSpace(trivia.ToString()));

    private static AttributeSyntax With(AttributeSyntax attribute, string name, string duration)
        => attribute.ArgumentList?.Arguments.FirstOrDefault(argument => Name(argument) == name) is { } argument
            ? attribute.ReplaceNode(argument.Expression, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(duration)).WithTriviaFrom(argument.Expression))
            : attribute;

    private static AttributeSyntax Without(AttributeSyntax attribute, string name)
    {
        if (attribute.ArgumentList is not { } list || list.Arguments.FirstOrDefault(argument => Name(argument) == name) is not { } argument)
            return attribute;
        return list.Arguments.Count == 1
            ? attribute.WithArgumentList(null).WithName(attribute.Name.WithTrailingTrivia(list.GetTrailingTrivia()))
            : attribute.WithArgumentList(list.WithArguments(list.Arguments.Remove(argument)));
    }
}
