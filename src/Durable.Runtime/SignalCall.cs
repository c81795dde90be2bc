namespace Durable;

/// <summary>A signal with what it brings, serialized when it was made: what is sent to a run. Made by the generated <c>&lt;Name&gt;Signal(...)</c>.</summary>
public sealed class SignalCall
{
    internal SignalCall(string name, ReadOnlyMemory<byte> payload) => (Name, Payload) = (name, payload);

    /// <summary>The signal's name.</summary>
    public string Name { get; }

    /// <summary>What it brings, as UTF-8 JSON; nothing for a signal that brings nothing.</summary>
    public ReadOnlyMemory<byte> Payload { get; }
}
