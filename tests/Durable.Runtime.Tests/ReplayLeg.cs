using Durable.CompilerServices;
using Durable.Execution;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable.Runtime.Tests;

/// <summary>
/// The second leg of this suite: with <c>DURABLE_REPLAY_EVERY=1</c>, all runs of all tests are unloaded and replayed after each outcome, or after each n-th.
/// At the end it leaves its counts in the file that <c>DURABLE_REPLAY_REPORT</c> names.
/// </summary>
internal static class ReplayLeg
{
    /// <summary>The mode of this leg; null in the first.</summary>
    public static ForcedReplay? Mode { get; } = Read();

    /// <summary>Adds workflows, and what this leg does to all of them.</summary>
    public static DurableBuilder Add(this DurableBuilder durable, params WorkflowDefinition[] workflows) => durable.Add(Mode, workflows);

    /// <summary>Adds workflows, with or without a mode that unloads and replays their runs.</summary>
    public static DurableBuilder Add(this DurableBuilder durable, ForcedReplay? mode, WorkflowDefinition[] workflows)
    {
        if (mode is not null)
            durable.Services.TryAddSingleton(mode);
        return durable.AddModule(new TestModule(workflows));
    }

    private static ForcedReplay? Read()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("DURABLE_REPLAY_EVERY"), out var every))
            return null;
        var mode = new ForcedReplay(every);
        if (Environment.GetEnvironmentVariable("DURABLE_REPLAY_REPORT") is { Length: > 0 } report)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllText(report, $"{mode.Unloads} waits, {mode.Loads} replay loads\n");
        return mode;
    }
}
