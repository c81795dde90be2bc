using System.Runtime.CompilerServices;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Serializers;

/// <summary>The serializers that an assembly names for types of others.</summary>
internal sealed class AssemblySerializers
{
    private static readonly ConditionalWeakTable<Compilation, AssemblySerializers> s_known = new();

    private readonly Dictionary<string, INamedTypeSymbol> _byType = [];

    private AssemblySerializers(Compilation compilation)
    {
        // Of two for one type, which is an error, the order of files must not decide.
        foreach (var serializer in SerializerAttribute.Among(compilation.Assembly.GetAttributes()).Select(SerializerAttribute.Serializer).OfType<INamedTypeSymbol>().OrderBy(one => one.FullName(), StringComparer.Ordinal))
        {
            if (SerializerAttribute.Problem(serializer, null, compilation.Assembly, compilation) is null && SerializerAttribute.Stored(serializer)?.FullName() is { } name && !_byType.ContainsKey(name))
                _byType.Add(name, serializer);
        }
    }

    public static AssemblySerializers Of(Compilation compilation) => s_known.GetValue(compilation, static one => new AssemblySerializers(one));

    /// <summary>The serializer of a type: the assembly's, or the one that the type itself names; null for none.</summary>
    public INamedTypeSymbol? Find(ITypeSymbol type)
        => _byType.Count > 0 && _byType.TryGetValue(type.FullName(), out var serializer) ? serializer
            : SerializerAttribute.Among(type.GetAttributes()).FirstOrDefault() is { } attribute ? SerializerAttribute.Serializer(attribute) : null;
}
