using System.Runtime.CompilerServices;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Contexts;

/// <summary>The contexts that an assembly registers, and which types are theirs.</summary>
internal sealed class JsonContexts
{
    private static readonly ConditionalWeakTable<Compilation, JsonContexts> s_known = new();

    private readonly Dictionary<string, JsonContext> _owners = [];

    private JsonContexts(Compilation compilation)
    {
        var contexts = compilation.Assembly.GetAttributes().Select(ContextAttribute.Context).OfType<INamedTypeSymbol>()
            .Where(context => ContextAttribute.Problem(context, compilation) is null)
            .GroupBy(context => context.FullName()).Select(group => group.First())
            // The order of files must not decide which of two contexts a type belongs to.
            .OrderBy(context => context.FullName(), StringComparer.Ordinal).ToList();
        All = [.. contexts.Select(JsonContext.Of)];
        for (var index = 0; index < contexts.Count; index++)
        {
            foreach (var name in ContextAttribute.Named(contexts[index]).Select(type => type.FullName()))
            {
                if (!_owners.ContainsKey(name))
                    _owners.Add(name, All[index]);
            }
        }
    }

    /// <summary>The contexts that generated code can ask, by name.</summary>
    public IReadOnlyList<JsonContext> All { get; }

    public static JsonContexts Of(Compilation compilation) => s_known.GetValue(compilation, static one => new JsonContexts(one));

    /// <summary>The context that stores a type; null for a type that no context names, and for those that are stored the same whoever names them: what System.Text.Json would lose of them is not lost.</summary>
    public JsonContext? Owner(ITypeSymbol type)
        => _owners.Count > 0 && _owners.TryGetValue(type.FullName(), out var context)
            // System.Text.Json's generator makes nothing of such a type.
            && !UserConverters.HasAttributeOfItsOwn(type)
            && ScalarTypes.Read(type) is null && !JsonTypes.IsKnown(type) && !TupleTypes.IsKnown(type) && type.NullableUnderlying() is null
            ? context
            : null;
}
