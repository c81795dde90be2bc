namespace Durable.Storage;

/// <summary>Somebody asks for a run to be canceled: its code is told, and may undo what it did.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Error">The encoded reason; not empty.</param>
public sealed record CancelRequest(string RunId, ReadOnlyMemory<byte> Error);
