using Durable.Collections;
using Durable.Payloads.Contexts;
using Durable.Payloads.Serializers;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>One walk over everything that a payload type reaches: each type once, every problem with its path.</summary>
internal sealed class PayloadWalk(INamedTypeSymbol? container, Compilation compilation, CancellationToken cancellationToken)
{
    /// <summary>JSON itself is not read deeper.</summary>
    private const int MaxDepth = 64;

    /// <summary>Bounds types that reach ever deeper instances of themselves.</summary>
    private const int MaxGenericDepth = 10;

    /// <summary>Bounds the reading of types that reach ever other instances of themselves.</summary>
    private const int MaxTypes = 2000;

    private readonly Dictionary<string, Node> _nodes = [];
    private readonly List<FoundProblem> _problems = [];
    private Node? _current;
    private int _depth;

    public Compilation Compilation { get; } = compilation;

    public JsonContexts Contexts { get; } = JsonContexts.Of(compilation);

    public AssemblySerializers Serializers { get; } = AssemblySerializers.Of(compilation);

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The <c>[DurableError]</c> type whose data is walked; null for the walk of a payload.</summary>
    public INamedTypeSymbol? Error { get; init; }

    /// <summary>True for a type that generated code can name within the container alone.</summary>
    public bool IsLocal(ITypeSymbol type) => container is not null && !CanBeUsed(type, Compilation.Assembly) && CanBeUsed(type, container);

    /// <summary>True for what the code that is generated for a type can use.</summary>
    /// <param name="symbol">What is to be used.</param>
    /// <param name="owner">The type.</param>
    public bool IsAccessible(ISymbol symbol, ITypeSymbol owner) => CanBeUsed(symbol, Place(owner));

    /// <summary>Where the code stands that is generated for a type: in the assembly, or within the container.</summary>
    public ISymbol Place(ITypeSymbol owner) => IsLocal(owner) ? container! : Compilation.Assembly;

    /// <summary>Walks a type and returns its name.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">Where it stands.</param>
    public string Visit(ITypeSymbol type, string path)
    {
        CancellationToken.ThrowIfCancellationRequested();
        var name = type.FullName();
        _current?.Reached.Add(name);
        if (_current is not null && SymbolEqualityComparer.Default.Equals(type, Error))
        {
            Refuse(type, path, "is an error, which comes back as that of a step or run and not within data");
            return name;
        }

        if (_nodes.ContainsKey(name))
            return name;
        if (UnsupportedTypes.Check(type, this) is { } found)
        {
            Report(new PayloadProblem(found.Kind, path, type.ShortName(), found.Reason), type);
            return name;
        }

        if (_depth == MaxDepth || _nodes.Count == MaxTypes || GenericDepth(type) > MaxGenericDepth)
        {
            Refuse(type, path, "is nested too deeply, or without an end");
            return name;
        }

        var node = new Node(type);
        _nodes.Add(name, node);
        var parent = _current;
        _current = node;
        _depth++;
        var shape = PayloadShapes.Read(type, path, this);
        _depth--;
        _current = parent;
        if (shape is null)
            node.IsRefused = true;
        else
            node.Model = new PayloadTypeModel(name, type.IsReferenceType, IsLocal(type), shape);
        node.IsImmutable = Immutability.AllowedBy(type, shape);
        return name;
    }

    /// <summary>Says that the type being walked cannot be stored because of a type at a path.</summary>
    public void Refuse(ITypeSymbol type, string path, string reason)
        => Report(new PayloadProblem(PayloadProblemKind.Unsupported, path, type.ShortName(), reason), type);

    /// <summary>Says what is wrong; unless it is only lossy, the type being walked cannot be stored.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="type">The type at fault, where it alone is.</param>
    public void Report(PayloadProblem problem, ITypeSymbol? type = null)
    {
        _problems.Add(new FoundProblem(problem, type, _current?.Type));
        if (problem.Kind != PayloadProblemKind.Lossy && _current is { } node)
            node.IsRefused = true;
    }

    public PayloadModel ToModel(string root)
    {
        DropWhatReachesRefused();
        var types = _nodes.Values.Where(node => !node.IsRefused && node.Model is not null).Select(node => node.Model!).OrderBy(model => model.Name, StringComparer.Ordinal);
        return new PayloadModel(root, IsImmutable(root, []), types.ToEquatableArray(), _problems.Select(found => found.Problem).ToEquatableArray());
    }

    /// <summary>What is wrong, in the order of the members.</summary>
    public IReadOnlyList<FoundProblem> Problems => _problems;

    private bool CanBeUsed(ISymbol symbol, ISymbol within) => Compilation.IsSymbolAccessibleWithin(symbol, within);

    private static int GenericDepth(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + GenericDepth(array.ElementType),
        INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } named => Math.Max(GenericDepthOf(named.ContainingType), 1 + arguments.Max(GenericDepth)),
        _ => GenericDepthOf(type.ContainingType),
    };

    private static int GenericDepthOf(INamedTypeSymbol? outer) => outer is null ? 0 : GenericDepth(outer);

    private void DropWhatReachesRefused()
    {
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var node in _nodes.Values)
            {
                if (!node.IsRefused && node.Reached.Any(name => !_nodes.TryGetValue(name, out var reached) || reached.IsRefused))
                    node.IsRefused = changed = true;
            }
        }
    }

    // A type that reaches itself is taken for mutable: the answer only saves a round trip.
    private bool IsImmutable(string name, Dictionary<string, bool> answers)
    {
        if (answers.TryGetValue(name, out var known))
            return known;
        answers[name] = false;
        return answers[name] = _nodes.TryGetValue(name, out var node) && !node.IsRefused && node.IsImmutable && node.Reached.All(reached => IsImmutable(reached, answers));
    }

    private sealed class Node(ITypeSymbol type)
    {
        public ITypeSymbol Type { get; } = type;

        public PayloadTypeModel? Model { get; set; }

        public HashSet<string> Reached { get; } = [];

        public bool IsRefused { get; set; }

        /// <summary>True when the type is immutable if all that it reaches is.</summary>
        public bool IsImmutable { get; set; }
    }
}
