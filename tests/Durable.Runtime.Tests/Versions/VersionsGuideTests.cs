using System.Text.Json;

namespace Durable.Runtime.Tests.Versions;

/// <summary>The code in docs/guide/versions.md that looks for runs which still need old code does what stands there.</summary>
public sealed class VersionsGuideTests : PatchStory
{
    [Fact]
    public void Runs_that_were_told_true_or_have_completed_need_no_old_code()
    {
        CrashInOldBuild("b");
        var host = EngineSimulation.Start(Define(async w =>
        {
            await Step(w, "a");
            if (Ask(w))
                await Step(w, "audit");
            await Step(w, "b");
            return $"{await w.StepAsync("c", _ => Forever)}";
        }), options => options.BuildId = "build-2");
        Assert.Empty(Find(host.Client));
        EngineSimulation.Kill(host);
        EngineSimulation.PassLeases();
        var done = EngineSimulation.Start(Patched(), options => options.BuildId = "build-3");
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Empty(Find(done.Client));
    }

    [Fact]
    public void Runs_that_were_told_false_or_not_asked_yet_may_need_the_old_code()
    {
        CrashInOldBuild("c");
        Assert.Equal(["run"], Find(EngineSimulation.Client(Patched())));
        GoOnInNewBuild(Define(async w =>
        {
            await Step(w, "a");
            Ask(w);
            await Step(w, "b");
            return await w.StepAsync<string>("c", _ => throw new IOException("down"));
        }));
        Assert.Equal(RunStatus.Failed, Status());
        Assert.Equal(["run"], Find(EngineSimulation.Client(Patched())));
    }

    [Fact]
    public void Runs_from_after_the_change_are_not_looked_at()
    {
        CrashInOldBuild("c");
        Assert.Empty(EngineSimulation.Run(() => FindRunsOnOldCodeAsync(EngineSimulation.Client(Patched()), "Order", Change, DateTimeOffset.MinValue)));
    }

    private List<string> Find(IDurableClient client) => EngineSimulation.Run(() => FindRunsOnOldCodeAsync(client, "Order", Change, DateTimeOffset.MaxValue));

    // The runs from before a change that may still need the code that it replaced: all that have not completed, unless they were told that they take the change.
    private static async Task<List<string>> FindRunsOnOldCodeAsync(IDurableClient client, string workflow, string patch, DateTimeOffset changedAt)
    {
        var filter = new RunFilter { Workflow = workflow, Statuses = [.. Enum.GetValues<RunStatus>().Where(status => status != RunStatus.Completed)], CreatedUntil = changedAt };
        var old = new List<string>();
        await foreach (var run in client.EnumerateRunsAsync(filter))
        {
            var checkpoints = await client.GetRun(run.RunId).GetCheckpointsAsync();
            var answer = checkpoints.FirstOrDefault(checkpoint => checkpoint.Kind == CheckpointKind.Patch && checkpoint.Key == patch);
            if (answer is null || !JsonSerializer.Deserialize<bool>(answer.Result.Span))
                old.Add(run.RunId);
        }

        return old;
    }
}
