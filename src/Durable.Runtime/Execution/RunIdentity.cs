using System.Globalization;

namespace Durable.Execution;

/// <summary>The text that what a run derives is derived from: its id, and for one that went on from its beginning how often it did, so that what the code does anew is told from what it did before.</summary>
internal static class RunIdentity
{
    // No run id contains NUL.
    public static string Of(string runId, int generation) => generation == 0 ? runId : string.Create(CultureInfo.InvariantCulture, $"{runId}\0{generation}");
}
