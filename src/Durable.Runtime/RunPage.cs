namespace Durable;

/// <summary>One page of a listing of runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Continuation">Asks <see cref="IDurableClient.ListRunsAsync"/> for the next page, with the same filter; null when this is the last one. Opaque text, good for as long as the store.</param>
public sealed record RunPage(IReadOnlyList<RunInfo> Runs, string? Continuation);
