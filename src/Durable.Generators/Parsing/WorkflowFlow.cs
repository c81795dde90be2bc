using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
        var stubs = new SortedSet<string>(StringComparer.Ordinal);
        files.UnionWith(bodies.Values.Select(body => body.Model.SyntaxTree));
        // What has a type then may reach further code, which may call further factories.
        var known = types;
        while (AddMissing(stubs, bodies, known) && WithStubs(core, types, stubs, cancellationToken) is var (sameCore, extended, tree))
        {
            known = extended;
            bodies = Reach(sameCore, known, cancellationToken);
            files.UnionWith(bodies.Values.Select(body => body.Model.SyntaxTree).Where(file => file != tree));
        }

        var durable = DurableMethods(bodies, known);
        var isSequential = true;
        var awaitsOnlyDurable = true;
        foreach (var body in bodies.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isSequential = isSequential && new SequenceProof(body, bodies, durable, known).Holds();
            awaitsOnlyDurable = awaitsOnlyDurable && new AwaitProof(body, bodies, known).Holds();
        }

        return new WorkflowFlow(isSequential, awaitsOnlyDurable);
    }

    /// <summary>Adds the factories that the code calls and that are to be generated; false for no new ones.</summary>
    private static bool AddMissing(SortedSet<string> stubs, Dictionary<IMethodSymbol, ReachedBody> bodies, KnownTypes types)
    {
        var before = stubs.Count;
        stubs.UnionWith(bodies.Values.SelectMany(body => body.Calls.Where(call => call.Target is null).SelectMany(call => FactoryStub.Of(call.Syntax, body, types))));
        return stubs.Count > before;
    }

    /// <summary>The body in a compilation that has the factories, too.</summary>
    private static (IMethodSymbol Core, KnownTypes Types, SyntaxTree Stubs)? WithStubs(IMethodSymbol core, KnownTypes types, IEnumerable<string> stubs, CancellationToken cancellationToken)
    {
        if (core.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax syntax)
            return null;
        var tree = CSharpSyntaxTree.ParseText("#nullable enable annotations\n" + string.Join("\n", stubs), (CSharpParseOptions)syntax.SyntaxTree.Options, cancellationToken: cancellationToken);
        var extended = types.Compilation.AddSyntaxTrees(tree);
#pragma warning disable RS1030 // Nobody else has a model of this compilation: it is made here, for workflows that call what is generated.
        return KnownTypes.Create(extended) is { } known && extended.GetSemanticModel(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellationToken) is { } found ? (found, known, tree) : null;
#pragma warning restore RS1030
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
