using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>Proves for one method that each of its durable calls is awaited before the next is made.</summary>
internal sealed class SequenceProof(ReachedBody body, Dictionary<IMethodSymbol, ReachedBody> bodies, HashSet<IMethodSymbol> durable, KnownTypes types)
{
    public bool Holds() => body.Calls.All(IsInOrder) && body.Nodes.All(node => node is not ExpressionSyntax expression || LetsNothingOut(expression));

    private bool IsInOrder(ReachedBody.Call call)
    {
        if (call.Target is not { } target)
            return false;
        if (DurableCall.RunsBranches(target, types))
            return false;
        if (!IsDurable(target))
            return bodies.ContainsKey(target) || target.MethodKind == MethodKind.LocalFunction || !DurableCall.MayHide(target, body.Model.GetTypeInfo(call.Syntax).Type, types);
        return IsInline(call.Syntax) && (IsAwaited(call.Syntax) || IsReturned(call.Syntax));
    }

    /// <summary>Neither a durable method as a value, nor the instance or a context in the hands of code that is not seen.</summary>
    private bool LetsNothingOut(ExpressionSyntax expression)
    {
        if (expression is ThisExpressionSyntax)
            return expression.Parent is MemberAccessExpressionSyntax || IsArgumentOfReached(expression);
        if (expression is not SimpleNameSyntax name)
            return true;
        switch (body.Model.GetSymbolInfo(name).Symbol)
        {
            case IMethodSymbol method:
                return IsCalled(name) || IsBranch(name) || !IsDurable(ReachedBody.Declared(method));
            case IPropertySymbol property:
                // A getter may start a step and hand out its task.
                return !DurableCall.MentionsTask(property.Type) || !SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, types.Compilation.Assembly);
            case { } symbol when KnownTypes.Same(TypeOf(symbol), types.WorkflowContext):
                return name.Parent is MemberAccessExpressionSyntax access && access.Expression == name || IsArgumentOfReached(name);
            default:
                return true;
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private bool IsDurable(IMethodSymbol target) => DurableCall.Is(target, types) || durable.Contains(target);

    private bool IsArgumentOfReached(ExpressionSyntax expression)
        => expression.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } }
            && body.Target(call) is { } target && bodies.ContainsKey(target);

    private static bool IsCalled(SimpleNameSyntax name)
    {
        ExpressionSyntax expression = name;
        if (expression.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            expression = access;
        else if (expression.Parent is MemberBindingExpressionSyntax binding)
            expression = binding;
        return expression.Parent is InvocationExpressionSyntax call && call.Expression == expression || expression.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } };
    }

    /// <summary>True outside every function within the method, but for branches: their code runs within the awaited call.</summary>
    private bool IsInline(SyntaxNode call) => body.FunctionsAround(call).All(function =>
        function is AnonymousFunctionExpressionSyntax
        && function.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax outer } }
        && body.Target(outer) is { } target
        && DurableCall.TakesBranch(target, types));

    /// <summary>True for a method that is a branch: it runs within the call, and is read like any other.</summary>
    private bool IsBranch(SimpleNameSyntax name)
        => body.BranchMethods.Contains(name) && name.Ancestors().OfType<InvocationExpressionSyntax>().First() is var call && body.Target(call) is { } target && DurableCall.TakesBranch(target, types);

    private static bool IsAwaited(ExpressionSyntax call) => Unwrapped(call).Parent is AwaitExpressionSyntax;

    /// <summary>True for the last thing that a function does which hands the task on to its caller, who awaits it.</summary>
    private bool IsReturned(ExpressionSyntax call)
    {
        var outer = Unwrapped(call);
        var returnsTask = body.FunctionsAround(call).FirstOrDefault() is AnonymousFunctionExpressionSyntax function
            ? function.AsyncKeyword.IsKind(SyntaxKind.None)
            : DurableCall.IsTask(body.Method.ReturnType) && !body.IsAsync;
        var handsOn = outer.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax || (outer.Parent is LambdaExpressionSyntax lambda && lambda.Body == outer);
        return returnsTask && handsOn && !outer.Ancestors().TakeWhile(node => node is not MethodDeclarationSyntax and not AnonymousFunctionExpressionSyntax)
            .Any(node => node is TryStatementSyntax or UsingStatementSyntax);
    }

    /// <summary>The expression with what only wraps its task.</summary>
    private static ExpressionSyntax Unwrapped(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    expression = (ExpressionSyntax)expression.Parent;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" or "AsTask", Parent: InvocationExpressionSyntax outer }:
                    expression = outer;
                    break;
                default:
                    return expression;
            }
        }
    }
}
