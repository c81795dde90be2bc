namespace Durable.Testing.Crashes;

/// <summary>A promise that was broken.</summary>
/// <param name="Crash">Where the hosts died, as <c>only</c> takes it; <c>undisturbed</c> when no host died.</param>
/// <param name="RunId">The run.</param>
/// <param name="Message">What was expected, and what happened.</param>
/// <param name="History">What the hosts did, line by line, each line with the number of its host.</param>
public sealed record CrashViolation(string Crash, string RunId, string Message, IReadOnlyList<string> History)
{
    /// <summary>The whole, over several lines.</summary>
    public override string ToString()
        => $"{Crash}: run '{RunId}': {Message}{(Crash == CrashPoint.PlanText([]) ? "" : $"\n  to repeat: CrashSweep.Run(..., only: \"{Crash}\")")}\n  history:\n    {string.Join("\n    ", History)}";
}
