using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Durable.CodeFixes.Declarations;

/// <summary>What the signature of a <c>Core</c> has to be, in syntax: the types as the declaration spells them.</summary>
internal static class CoreSignature
{
    /// <summary>The declaration that a method makes.</summary>
    public static Declaration? Declared(SemanticModel model, MethodDeclarationSyntax method)
        => KnownTypes.Create(model.Compilation) is { } types && model.GetDeclaredSymbol(method) is { } symbol
            ? DeclarationReader.Read(symbol, types, default)
            : null;

    /// <summary>The declaration that a body was written for, by its name.</summary>
    public static Declaration? DeclarationOf(IMethodSymbol core, KnownTypes types)
        => DeclarationNames.Declared(core.ContainingType, types).Where(method => DeclarationNames.Core(method) == core.Name && !types.IsSignal(method))
            .Select(method => DeclarationReader.Read(method, types, default)).FirstOrDefault();

    /// <summary>The parameters: the declared ones, then context and token.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="written">A body that was written already: its names, and which of context and token it takes, are kept. Null for a new body, where a workflow takes its context.</param>
    public static ParameterListSyntax Parameters(Declaration declaration, IMethodSymbol? written)
    {
        var names = Names(declaration, written);
        var list = declaration.Arguments.Select((argument, i) => Parameter(argument, names[i])).ToList();
        var context = declaration.Kind == DeclarationKind.Workflow ? "Durable.WorkflowContext" : "Durable.StepContext";
        var writtenToken = written is null ? null : Taken(written, "System.Threading.CancellationToken");
        var tokenName = writtenToken is null ? declaration.Token?.Name : Free(writtenToken, "Token", names);
        var contextName = written is not null ? Taken(written, context) : declaration.Kind == DeclarationKind.Workflow ? "workflow" : null;
        if (contextName is not null)
            list.Add(Parameter(Global(context), Free(contextName, "Context", tokenName is null ? names : [.. names, tokenName])));
        if (writtenToken is not null)
            list.Add(Parameter(Global("System.Threading.CancellationToken"), tokenName!));
        else if (declaration.Token is { } token)
            list.Add(Parameter(token, token.Name));
        return SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(
            list,
            Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), list.Count == 0 ? 0 : list.Count - 1)));
    }

    /// <summary>A type by its full name, written as short as the place allows.</summary>
    public static TypeSyntax Global(string name) => SyntaxFactory.ParseTypeName("global::" + name).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>The names of the arguments: those of the written body, where they are the same argument by name or by type.</summary>
    private static List<string> Names(Declaration declaration, IMethodSymbol? written)
    {
        var declared = declaration.Arguments.Select(argument => argument.Name).ToList();
        var spare = written is null ? [] : written.Parameters.Where(parameter => !declared.Contains(parameter.Name)).ToList();
        var names = new List<string>(declared.Count);
        foreach (var argument in declaration.Arguments)
        {
            var own = written?.Parameters.Any(parameter => parameter.Name == argument.Name) != true
                ? spare.FirstOrDefault(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, argument.Type))
                : null;
            if (own is not null)
                spare.Remove(own);
            names.Add(own?.Name ?? argument.Name);
        }

        return names;
    }

    private static ParameterSyntax Parameter(IParameterSymbol declared, string name)
        => declared.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Type: { } type }
            ? Parameter(type.WithoutTrivia(), name)
            : Parameter(SyntaxFactory.ParseTypeName(declared.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).WithAdditionalAnnotations(Simplifier.Annotation), name);

    private static ParameterSyntax Parameter(TypeSyntax type, string name)
        => SyntaxFactory.Parameter(SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? SyntaxFactory.Identifier(name) : SyntaxFactory.ParseToken("@" + name))
            .WithType(type.WithTrailingTrivia(SyntaxFactory.Space));

    private static string? Taken(IMethodSymbol written, string type)
        => written.Parameters.FirstOrDefault(parameter => parameter.Type.ToDisplayString() == type)?.Name;

    private static string Free(string name, string suffix, IReadOnlyList<string> taken) => taken.Contains(name) ? Free(name + suffix, suffix, taken) : name;
}
