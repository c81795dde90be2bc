using System.Reflection;
using Durable.Execution;
using Durable.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>A small project at work: what the call of its <c>Start()</c> gives, in a host that unloads the run and replays it from its checkpoints after each outcome.</summary>
internal static class ReplayedRun
{
    /// <summary>Builds, runs and replays a project of one file.</summary>
    /// <returns>The result, and the ids of the steps in order.</returns>
    public static Task<(string Result, string Steps)> OfAsync(string source, bool isConcurrent = false) => OfAsync(Generation.Of(source), isConcurrent: isConcurrent);

    /// <summary>Builds, runs and replays a project.</summary>
    /// <param name="generation">The project.</param>
    /// <param name="entry">The class that has <c>Start()</c>.</param>
    /// <param name="isConcurrent">True for a project whose steps run beside each other: outcomes that come together are replayed together.</param>
    public static async Task<(string Result, string Steps)> OfAsync(Generation generation, string entry = "User", bool isConcurrent = false)
    {
        var assembly = generation.Compiles().Load();
        var configure = assembly.GetType(entry)!.GetMethod("Configure", BindingFlags.Public | BindingFlags.Static);
        await using var host = await GeneratedHost.StartAsync(assembly, durable =>
        {
            configure?.Invoke(null, [durable.Services]);
            durable.ForceReplay();
        });
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, entry, "Start"), "run");
        var result = await run.GetResultAsync();
        var checkpoints = await run.GetCheckpointsAsync();
        Assert.True(host.Services.GetRequiredService<ForcedReplay>().Loads >= (isConcurrent ? 1 : checkpoints.Count), "The run was not replayed after each outcome.");
        return (result, string.Join(" ", checkpoints.Select(checkpoint => checkpoint.StepId)));
    }
}
