using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>What the signature of a declaration has to be for a <c>Core</c> that does not fit it, in syntax.</summary>
/// <param name="Returns">The return type.</param>
/// <param name="Parameters">The parameters: those that stay keep their attributes and, as far as C# allows, their defaults.</param>
internal sealed record DeclaredSignature(TypeSyntax Returns, ParameterListSyntax Parameters)
{
    /// <summary>The signature; null where no signature fits the body, where others rely on the one there is, or where step ids would change with it.</summary>
    public static DeclaredSignature? Of(Declaration declaration, IMethodSymbol core, KnownTypes types)
    {
        var method = declaration.Method;
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax syntax
            || core.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax body)
            return null;
        if (method.IsOverride || method.IsVirtual || method.IsAbstract || Implements(method) || (method.IsStatic && !core.IsStatic) || core.IsGenericMethod || core is { IsAsync: true, ReturnsVoid: true })
            return null;

        var context = declaration.Kind == DeclarationKind.Workflow ? types.WorkflowContext : types.StepContext;
        var arguments = core.Parameters.TakeWhile(parameter => !IsExtra(parameter, context, types)).ToList();
        if (core.Parameters.Skip(arguments.Count).Any(parameter => !IsExtra(parameter, context, types)) || arguments.Any(argument => IsUnsupported(argument, types))
            || core.Parameters.Skip(arguments.Count).GroupBy(parameter => parameter.Type, SymbolEqualityComparer.Default).Any(same => same.Count() > 1))
            return null;

        var kept = arguments.Select(argument => Kept(declaration, argument, arguments, types)).ToList();
        if (declaration.Key is { } key && !kept.Any(parameter => parameter is not null && SymbolEqualityComparer.Default.Equals(parameter, key) && types.Fits(parameter.Type, arguments[kept.IndexOf(parameter)].Type)))
            return null;
        var token = declaration.Token is { } declared && core.Parameters.Any(parameter => KnownTypes.Same(parameter.Type, types.CancellationToken)) ? Syntax(declared) : null;
        var list = arguments.Select((argument, i) => Parameter(argument, kept[i], types)).Concat(token is null ? [] : [token]).ToList();
        var separators = Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, list.Count - 1));
        return new DeclaredSignature(
            Return(declaration, core, syntax, body, types),
            SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(WithoutGaps(list), separators)));
    }

    /// <summary>True for a method that an interface asks for.</summary>
    public static bool Implements(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers().OfType<IMethodSymbol>())
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    private static bool IsExtra(IParameterSymbol parameter, INamedTypeSymbol? context, KnownTypes types)
        => KnownTypes.Same(parameter.Type, context) || KnownTypes.Same(parameter.Type, types.CancellationToken);

    private static bool IsUnsupported(IParameterSymbol parameter, KnownTypes types)
        => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error
            || KnownTypes.Same(parameter.Type, types.WorkflowContext) || KnownTypes.Same(parameter.Type, types.StepContext);

    /// <summary>The declared parameter that an argument of the body is: of its name, else of its type where neither has another partner by name.</summary>
    private static IParameterSymbol? Kept(Declaration declaration, IParameterSymbol argument, List<IParameterSymbol> arguments, KnownTypes types)
        => declaration.Arguments.FirstOrDefault(declared => declared.Name == argument.Name)
            ?? declaration.Arguments.FirstOrDefault(declared => declared.Ordinal == argument.Ordinal && types.Fits(declared.Type, argument.Type) && arguments.All(other => other.Name != declared.Name));

    /// <summary>The parameter as declared where it stays the same; its name is what its value is stored under, so that it wins over the body's.</summary>
    private static ParameterSyntax Parameter(IParameterSymbol argument, IParameterSymbol? kept, KnownTypes types)
    {
        var written = Syntax(argument)!;
        var plain = written.WithAttributeLists(default).WithModifiers(default).WithDefault(null).WithIdentifier(written.Identifier.WithoutTrivia()).WithoutTrivia();
        if (kept is null || Syntax(kept) is not { } declared)
            return plain;
        return types.Fits(kept.Type, argument.Type)
            ? declared.WithoutTrivia()
            : plain.WithAttributeLists(declared.AttributeLists).WithIdentifier(declared.Identifier.WithoutTrivia()).WithoutTrivia();
    }

    /// <summary>A default before a parameter without one, or <c>params</c> before another parameter, does not compile.</summary>
    private static IEnumerable<ParameterSyntax> WithoutGaps(List<ParameterSyntax> list)
    {
        var lastRequired = list.FindLastIndex(parameter => parameter.Default is null && !parameter.Modifiers.Any(SyntaxKind.ParamsKeyword));
        return list.Select((parameter, i) =>
        {
            if (i < lastRequired && parameter.Default is not null)
                parameter = parameter.WithDefault(null).WithIdentifier(parameter.Identifier.WithoutTrivia());
            return i < list.Count - 1 && parameter.Modifiers.Any(SyntaxKind.ParamsKeyword) ? parameter.WithModifiers(default) : parameter;
        });
    }

    /// <summary>The declared kind of task, of what the body results in.</summary>
    private static TypeSyntax Return(Declaration declaration, IMethodSymbol core, MethodDeclarationSyntax syntax, MethodDeclarationSyntax body, KnownTypes types)
    {
        var shape = types.Returns(core, out var result);
        if (declaration.Result is null ? result is null : types.Fits(result, declaration.Result))
            return syntax.ReturnType;
        var task = declaration.Returns is ReturnShape.ValueTask or ReturnShape.ValueTaskOfResult ? "System.Threading.Tasks.ValueTask" : "System.Threading.Tasks.Task";
        if (result is null)
            return CoreSignature.Global(task);
        var inner = shape == ReturnShape.Result ? body.ReturnType : body.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments[0] ?? body.ReturnType;
        return CoreSignature.Global($"{task}<{inner.WithoutTrivia()}>");
    }

    private static ParameterSyntax? Syntax(IParameterSymbol parameter) => parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax;
}
