using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Parsing;

/// <summary>Models by the syntax that they were read from, so that a keystroke elsewhere reads nothing again: the compiler asks for each of them after each edit. It lives as long as the syntax, and keeps alive nothing but models.</summary>
/// <typeparam name="TModel">The model; has no symbols.</typeparam>
internal sealed class Remembered<TModel>
    where TModel : class
{
    private readonly ConditionalWeakTable<SyntaxNode, Entry> _entries = new();

    /// <summary>The model of before if nothing has changed that it may depend on, else a new one.</summary>
    /// <param name="node">The syntax. Its own file is the same as long as it is.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="read">Reads the model, and notes the files whose methods' bodies it looked into.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public TModel? Get(SyntaxNode node, Compilation compilation, Func<ISet<SyntaxTree>, TModel?> read, CancellationToken cancellationToken)
    {
        var surface = Surface.Of(compilation, cancellationToken);
        if (_entries.TryGetValue(node, out var entry) && entry.Surface == surface && entry.Bodies.All(body => body.TryGetTarget(out var tree) && compilation.ContainsSyntaxTree(tree)))
            return entry.Model;
        var bodies = new HashSet<SyntaxTree>();
        var model = read(bodies);
        bodies.Remove(node.SyntaxTree);
        _entries.Remove(node);
        _entries.GetValue(node, _ => new Entry(surface, [.. bodies.Select(body => new WeakReference<SyntaxTree>(body))], model));
        return model;
    }

    private sealed record Entry(string Surface, IReadOnlyList<WeakReference<SyntaxTree>> Bodies, TModel? Model);
}
