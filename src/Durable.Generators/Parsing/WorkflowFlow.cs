using Durable.Declarations;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Parsing;

/// <summary>What the build can prove of a workflow's code. What it cannot see it does not prove.</summary>
/// <param name="IsSequential">Every durable call is awaited before the next is made.</param>
/// <param name="AwaitsOnlyDurableWork">Nothing but durable work is awaited.</param>
internal readonly record struct WorkflowFlow(bool IsSequential, bool AwaitsOnlyDurableWork)
{
    /// <summary>Reads a workflow's body and everything that it reaches in the same compilation.</summary>
    /// <param name="core">The body.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="files">Takes the files that were looked into.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static WorkflowFlow Of(IMethodSymbol core, KnownTypes types, ISet<SyntaxTree> files, CancellationToken cancellationToken)
    {
        var bodies = Reach(core, types, cancellationToken);
        files.UnionWith(bodies.Values.Select(body => body.Model.SyntaxTree));
        var durable = DurableMethods(bodies, types);
        var isSequential = true;
        var awaitsOnlyDurable = true;
        foreach (var body in bodies.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isSequential = isSequential && new SequenceProof(body, bodies, durable, types).Holds();
            awaitsOnlyDurable = awaitsOnlyDurable && new AwaitProof(body, bodies, types).Holds();
        }

        return new WorkflowFlow(isSequential, awaitsOnlyDurable);
    }

    private static Dictionary<IMethodSymbol, ReachedBody> Reach(IMethodSymbol core, KnownTypes types, CancellationToken cancellationToken)
    {
        var bodies = new Dictionary<IMethodSymbol, ReachedBody>(SymbolEqualityComparer.Default);
        var pending = new Stack<IMethodSymbol>();
        pending.Push(core);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var method = pending.Pop();
            if (bodies.ContainsKey(method) || ReachedBody.Read(method, types, cancellationToken) is not { } body)
                continue;
            bodies.Add(method, body);
            foreach (var target in body.Reaches)
                pending.Push(target);
        }

        return bodies;
    }

    /// <summary>The reached methods that make a durable call, themselves or through one another.</summary>
    private static HashSet<IMethodSymbol> DurableMethods(Dictionary<IMethodSymbol, ReachedBody> bodies, KnownTypes types)
    {
        var durable = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        bool grew;
        do
        {
            grew = false;
            foreach (var body in bodies.Values)
            {
                if (body.Calls.Any(call => call.Target is { } target && (DurableCall.Is(target, types) || durable.Contains(target))))
                    grew |= durable.Add(body.Method);
            }
        }
        while (grew);
        return durable;
    }
}
