using Xunit;

namespace Durable.TestKit.Processes;

/// <summary>What is left of a program that ended.</summary>
/// <param name="ExitCode">137 after a SIGKILL.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed as errors.</param>
public sealed record ChildResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The exit code of a process that was killed with SIGKILL.</summary>
    public const int Killed = 137;

    /// <summary>Fails with everything the program printed when it ended otherwise.</summary>
    public ChildResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Expected exit code {exitCode}. {this}");
        return this;
    }

    public override string ToString() => $"Exit code {ExitCode}.\n--- output\n{Output}\n--- errors\n{Errors}\n---";
}
