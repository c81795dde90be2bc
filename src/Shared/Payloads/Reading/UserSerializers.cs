using Durable.Payloads.Serializers;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads the types that a <c>[PayloadSerializer]</c> stores.</summary>
internal static class UserSerializers
{
    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
    {
        if (walk.Serializers.Find(type) is not { } serializer)
            return null;
        if (SerializerAttribute.Problem(serializer, type, walk.Place(type), walk.Compilation) is { } problem)
            walk.Refuse(type, path, $"has the serializer '{serializer.ShortName()}', which {problem}");
        return new SerializedShape(serializer.FullName(), Sensitivity.IsReached(type, walk.Compilation));
    }
}
