using System.Buffers;

namespace Durable;

/// <summary>Stores values of a type in a form of your own: of types that are not yours, and in forms that are no JSON. Named by <see cref="PayloadSerializerAttribute"/>.</summary>
/// <remarks>
/// It needs a constructor without parameters. <b>One instance is made and used from many threads at once</b>, for as long as the process lives.
/// What was written is read for years: read every form that a build before this one wrote. Equal values should give equal bytes, because the bytes are what fingerprints are made of.
/// </remarks>
/// <typeparam name="T">The type.</typeparam>
public abstract class PayloadSerializer<T>
{
    /// <summary>Writes a value. What it throws makes a step fail whose result it is, as any result that cannot be stored.</summary>
    /// <param name="value">The value. Null only where the serializer is named on the method that returns it: null within a payload is stored without being asked for.</param>
    /// <param name="payload">Takes the bytes; any, also none.</param>
    public abstract void Write(T value, IBufferWriter<byte> payload);

    /// <summary>Reads what <see cref="Write"/> wrote. What it throws sets the run aside as <see cref="RunStatus.Quarantined"/>.</summary>
    /// <param name="payload">The bytes.</param>
    public abstract T Read(ReadOnlySpan<byte> payload);
}
