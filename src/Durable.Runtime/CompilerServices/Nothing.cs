using System.ComponentModel;

namespace Durable.CompilerServices;

/// <summary>The result of a step or workflow that has none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Nothing
{
    /// <summary>The payload of no result: nothing is stored.</summary>
    public static PayloadType<Nothing> Payload { get; } = new(null) { IsImmutable = true };

    /// <summary>Awaits a body that has no result.</summary>
    /// <param name="body">What the body returned.</param>
    public static ValueTask<Nothing> After(Task body) => body.IsCompletedSuccessfully ? default : Await(body);

    /// <summary>Awaits a body that has no result.</summary>
    /// <param name="body">What the body returned.</param>
    public static ValueTask<Nothing> After(ValueTask body) => body.IsCompletedSuccessfully ? default : Await(body.AsTask());

    private static async ValueTask<Nothing> Await(Task body)
    {
        await body;
        return default;
    }
}
