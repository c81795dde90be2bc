using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Declarations;

/// <summary>Finds the body that belongs to a declaration, or says what to write.</summary>
/// <param name="Core">The body, when exactly one fits.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="Place">The method at fault; null for the declaration itself.</param>
/// <param name="Detail">What to write.</param>
internal sealed record CoreSearch(CoreMethod? Core, DeclarationProblemKind? Problem = null, Location? Place = null, string Detail = "")
{
    public static CoreSearch In(Declaration declaration, KnownTypes types)
    {
        var container = declaration.Method.ContainingType;
        var name = DeclarationNames.Core(declaration.Method);
        var candidates = container.GetMembers(name).OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary).ToList();
        if (candidates.Count == 0)
            return new CoreSearch(null, DeclarationProblemKind.CoreMissing, null, Expected(declaration));

        var fitting = candidates.Select(candidate => Fit(declaration, candidate, types)).OfType<CoreMethod>().ToList();
        var overloads = DeclarationNames.Declared(container, types).Count(other => other.Name == declaration.Method.Name && !types.IsSignal(other));
        if (fitting.Count == 1 && candidates.Count <= overloads)
            return new CoreSearch(fitting[0]);
        if (fitting.Count > 1 || candidates.Count > overloads)
            return new CoreSearch(null, DeclarationProblemKind.CoreDoubled, Location(candidates[candidates.Count - 1]), name);
        return overloads == 1
            ? new CoreSearch(null, DeclarationProblemKind.CoreMismatched, Location(candidates[0]), Expected(declaration))
            : new CoreSearch(null, DeclarationProblemKind.CoreMissing, null, Expected(declaration));
    }

    /// <summary>True for a method that could be the body but for its name.</summary>
    public static bool Fits(Declaration declaration, IMethodSymbol method, KnownTypes types) => Fit(declaration, method, types) is not null;

    /// <summary>The signature to write, as a user would.</summary>
    public static string Expected(Declaration declaration)
    {
        var parameters = declaration.Method.Parameters
            .Select(parameter => Text(parameter.Type) + " " + Identifier(parameter.Name)).ToList();
        if (declaration.Kind == DeclarationKind.Workflow)
            parameters.Insert(declaration.Arguments.Count, "WorkflowContext workflow");
        return $"private {(declaration.Method.IsStatic ? "static " : "")}async {Text(declaration.Method.ReturnType)} {DeclarationNames.Core(declaration.Method)}({string.Join(", ", parameters)})";
    }

    private static CoreMethod? Fit(Declaration declaration, IMethodSymbol core, KnownTypes types)
    {
        // The end of an async void method cannot be awaited.
        if (core is { IsAsync: true, ReturnsVoid: true })
            return null;
        if (core.IsGenericMethod || (declaration.Method.IsStatic && !core.IsStatic) || core.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
            return null;
        var arguments = declaration.Arguments;
        if (core.Parameters.Length < arguments.Count || arguments.Where((argument, i) => !types.Fits(core.Parameters[i].Type, argument.Type)).Any())
            return null;
        if (Extras(declaration, core, types) is not { } extras)
            return null;
        var returns = types.Returns(core, out var result);
        var fits = declaration.Result is null
            ? returns is ReturnShape.Task or ReturnShape.ValueTask or ReturnShape.Void
            : returns is ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult or ReturnShape.Result && types.Fits(result, declaration.Result);
        return fits ? new CoreMethod(core, returns, extras) : null;
    }

    /// <summary>What follows the declared parameters: context and token at most once each; a declared token must be taken.</summary>
    private static List<CoreExtra>? Extras(Declaration declaration, IMethodSymbol core, KnownTypes types)
    {
        var context = declaration.Kind == DeclarationKind.Workflow ? types.WorkflowContext : types.StepContext;
        var extras = new List<CoreExtra>(2);
        foreach (var parameter in core.Parameters.Skip(declaration.Arguments.Count))
        {
            CoreExtra extra;
            if (KnownTypes.Same(parameter.Type, context))
                extra = CoreExtra.Context;
            else if (KnownTypes.Same(parameter.Type, types.CancellationToken))
                extra = CoreExtra.Token;
            else
                return null;
            if (extras.Contains(extra))
                return null;
            extras.Add(extra);
        }

        return declaration.Token is not null && !extras.Contains(CoreExtra.Token) ? null : extras;
    }

    private static Location Location(IMethodSymbol method) => method.Locations.FirstOrDefault() ?? Microsoft.CodeAnalysis.Location.None;

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
