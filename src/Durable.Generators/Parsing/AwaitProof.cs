using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>Proves for one method that it awaits, and hands to its caller, nothing but durable work.</summary>
internal sealed class AwaitProof(ReachedBody body, Dictionary<IMethodSymbol, ReachedBody> bodies, KnownTypes types)
{
    private readonly HashSet<ISymbol> _inProgress = new(SymbolEqualityComparer.Default);

    public bool Holds() => body.Nodes.All(AwaitsDurable) && HandsOnDurable();

    private bool AwaitsDurable(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax await => IsTask(await.Expression),
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.None),
        UsingStatementSyntax statement => statement.AwaitKeyword.IsKind(SyntaxKind.None),
        LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword.IsKind(SyntaxKind.None),
        InvocationExpressionSyntax call when body.Target(call) is { } target => !DurableCall.TakesBranch(target, types) && !DurableCall.RunsBranches(target, types) || call.ArgumentList.Arguments.All(argument => DurableCall.IsStepBody(argument, target, types) || AwaitsDurable(argument)),
        BaseObjectCreationExpressionSyntax creation when DurableCall.IsBranch(body.Model.GetTypeInfo(creation).Type, types) => creation.ArgumentList is { } given && given.Arguments.All(AwaitsDurable),
        _ => true,
    };

    /// <summary>True for an argument that is no branch, and for one that awaits and hands on nothing but durable work.</summary>
    private bool AwaitsDurable(ArgumentSyntax argument)
    {
        var type = body.Model.GetTypeInfo(argument.Expression).ConvertedType;
        if (type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { } returned })
            return !DurableCall.IsTask(returned) || IsTaskFunction(argument.Expression);
        // Branches that are made elsewhere are not seen.
        return type is not { } list || !MentionsBranch(list) || argument.Expression.DescendantNodesAndSelf().OfType<BaseObjectCreationExpressionSyntax>().Any(creation => DurableCall.IsBranch(body.Model.GetTypeInfo(creation).Type, types));
    }

    private bool MentionsBranch(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => MentionsBranch(array.ElementType),
        INamedTypeSymbol named => DurableCall.IsBranch(named, types) || named.TypeArguments.Any(MentionsBranch),
        _ => false,
    };

    /// <summary>A method that is not async returns its tasks for another to await.</summary>
    private bool HandsOnDurable()
    {
        if (body.IsAsync || !DurableCall.IsTask(body.Method.ReturnType))
            return true;
        foreach (var node in body.Nodes.Where(node => !body.FunctionsAround(node).Any()))
        {
            if (node is ReturnStatementSyntax { Expression: { } returned } && !IsTask(returned))
                return false;
        }

        return body.Nodes.Count == 0 || body.Nodes[0].Parent is not ArrowExpressionClauseSyntax arrow || IsTask(arrow.Expression);
    }

    /// <summary>True for an expression that is a task of durable work, or already complete.</summary>
    private bool IsTask(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return IsTask(parenthesized.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return IsTask(suppressed.Operand);
            case ConditionalExpressionSyntax conditional:
                return IsTask(conditional.WhenTrue) && IsTask(conditional.WhenFalse);
            case ThrowExpressionSyntax:
                return true;
            case AwaitExpressionSyntax { Expression: InvocationExpressionSyntax call }:
                // await await Task.WhenAny(...)
                return IsCombinator(call);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" or "AsTask" } wrapper }:
                return IsTask(wrapper.Expression);
            case InvocationExpressionSyntax call:
                return IsTaskCall(call);
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "CompletedTask" } completed:
                return body.Model.GetSymbolInfo(completed).Symbol is { IsStatic: true } property && DurableCall.IsTask(property.ContainingType);
            case IdentifierNameSyntax name:
                return body.Model.GetSymbolInfo(name).Symbol is ILocalSymbol local && IsTaskLocal(local);
            default:
                return false;
        }
    }

    private bool IsTaskCall(InvocationExpressionSyntax call)
    {
        if (body.Target(call) is not { } target)
            return false;
        if (DurableCall.Is(target, types) || IsReached(target) || target is { MethodKind: MethodKind.LocalFunction, IsAsync: true })
            return true;
        return IsCombinator(call) || (target is { IsStatic: true, Name: "FromResult" } && DurableCall.IsTask(target.ContainingType));
    }

    /// <summary>True for a method whose own proof says what its task is; one that is declared to return any type may hand back any task.</summary>
    private bool IsReached(IMethodSymbol target) => bodies.ContainsKey(target) && DurableCall.IsTask(target.ReturnType);

    private bool IsCombinator(InvocationExpressionSyntax call)
        => body.Target(call) is { Name: "WhenAll" or "WhenAny" } target
            && DurableCall.IsTask(target.ContainingType)
            && call.ArgumentList.Arguments.All(argument => IsTask(argument.Expression) || IsTasks(argument.Expression));

    /// <summary>True for a collection of such tasks and of nothing else.</summary>
    private bool IsTasks(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return IsTasks(parenthesized.Expression);
            case CollectionExpressionSyntax collection:
                return collection.Elements.All(element => element switch
                {
                    ExpressionElementSyntax item => IsTask(item.Expression),
                    SpreadElementSyntax spread => IsTasks(spread.Expression),
                    _ => false,
                });
            case ArrayCreationExpressionSyntax { Initializer: { } initializer }:
                return initializer.Expressions.All(IsTask);
            case ImplicitArrayCreationExpressionSyntax array:
                return array.Initializer.Expressions.All(IsTask);
            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation:
                return creation.Initializer is null || creation.Initializer.Expressions.All(IsTask);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ToArray" or "ToList" } wrapper } call:
                return IsLinq(call) && IsTasks(wrapper.Expression);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Select" }, ArgumentList.Arguments: [{ Expression: var selector }] } call:
                return IsLinq(call) && IsTaskFunction(selector);
            case IdentifierNameSyntax name:
                return body.Model.GetSymbolInfo(name).Symbol is ILocalSymbol local && IsTasksLocal(local);
            default:
                return false;
        }
    }

    private bool IsLinq(InvocationExpressionSyntax call)
        => body.Target(call) is { ContainingType: { Name: "Enumerable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } } };

    private bool IsTaskFunction(ExpressionSyntax function) => function switch
    {
        // What an async function awaits is looked at where it stands.
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not (int)SyntaxKind.None } => true,
        LambdaExpressionSyntax { Body: ExpressionSyntax result } => IsTask(result),
        SimpleNameSyntax or MemberAccessExpressionSyntax => body.Target(function) is { } target && (DurableCall.Is(target, types) || IsReached(target) || target is { MethodKind: MethodKind.LocalFunction, IsAsync: true }),
        _ => false,
    };

    private bool IsTaskLocal(ILocalSymbol local) => DurableCall.IsTask(local.Type) && IsOnly(local, IsTask, _ => false);

    private bool IsTasksLocal(ILocalSymbol local) => DurableCall.MentionsTask(local.Type) && !DurableCall.IsTask(local.Type) && IsOnly(local, IsTasks, IsHarmlessUse);

    /// <summary>True when everything that a local is given passes the test.</summary>
    private bool IsOnly(ILocalSymbol local, Func<ExpressionSyntax, bool> test, Func<IdentifierNameSyntax, bool> allowsUse)
    {
        // A local that depends on itself, as in a loop, holds what its other sources hold.
        if (!_inProgress.Add(local))
            return true;
        try
        {
            return DeclaresOnly(local, test) && body.Nodes.OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(body.Model.GetSymbolInfo(name).Symbol, local))
                .All(name => name.Parent switch
                {
                    AssignmentExpressionSyntax assignment when assignment.Left == name => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && test(assignment.Right),
                    ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.Parent is TupleExpressionSyntax => false,
                    RefExpressionSyntax => false,
                    _ => DurableCall.IsTask(local.Type) || allowsUse(name),
                });
        }
        finally
        {
            _inProgress.Remove(local);
        }
    }

    private bool DeclaresOnly(ILocalSymbol local, Func<ExpressionSyntax, bool> test) => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer: { } initializer } => test(initializer.Value),
        VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } => true,
        ForEachStatementSyntax loop => DurableCall.IsTask(local.Type) && IsTasks(loop.Expression),
        _ => false,
    };

    /// <summary>A use of a collection that puts nothing into it but durable tasks.</summary>
    private bool IsHarmlessUse(IdentifierNameSyntax name)
    {
        switch (name.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } }:
                return IsCombinatorTarget(call);
            case ForEachStatementSyntax loop:
                return loop.Expression == name;
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "Add", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var added }] } }:
                return IsTask(added);
            case MemberAccessExpressionSyntax { Name.Identifier.Text: var member } access:
                return access.Expression == name && member is "Count" or "Length" or "Remove" or "RemoveAt" or "Clear" or "ToArray" or "ToList";
            default:
                return false;
        }
    }

    private bool IsCombinatorTarget(InvocationExpressionSyntax call)
        => body.Target(call) is { Name: "WhenAll" or "WhenAny" } target && DurableCall.IsTask(target.ContainingType);
}
