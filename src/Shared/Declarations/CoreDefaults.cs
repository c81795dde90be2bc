using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Declarations;

/// <summary>Finds default values in the parameters of a body: a call goes through the declaration, so only its defaults have a meaning.</summary>
internal static class CoreDefaults
{
    public static void Check(CoreMethod core, Declaration declaration, KnownTypes types, List<DeclarationProblem> problems)
    {
        foreach (var parameter in core.Method.Parameters)
        {
            // A token that the declaration does not have can have its usual default nowhere else.
            if (declaration.Token is null && KnownTypes.Same(parameter.Type, types.CancellationToken))
                continue;
            if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Default: { } value })
                problems.Add(new DeclarationProblem(DeclarationProblemKind.CoreDefault, value.GetLocation(), parameter.Name, declaration.Method.Name));
        }
    }
}
