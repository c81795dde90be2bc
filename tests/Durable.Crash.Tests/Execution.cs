namespace Durable.Crash.Tests;

/// <summary>One execution of a step's body, as its line in the trace tells it.</summary>
internal sealed record Execution(int Process, string Run, string Step, Guid Token, Guid Proof);
