using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Declarations;

/// <summary>Finds default values in the parameters of a body: a call goes through the declaration, so only its defaults have a meaning.</summary>
internal static class CoreDefaults
{
    public static void Check(CoreMethod core, IMethodSymbol declared, List<DeclarationProblem> problems)
    {
        foreach (var parameter in core.Method.Parameters)
        {
            if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Default: { } value })
                problems.Add(new DeclarationProblem(DeclarationProblemKind.CoreDefault, value.GetLocation(), parameter.Name, declared.Name));
        }
    }
}
