using Durable.Generators.Tests.Sensitive;

namespace Durable.Generators.Tests.Errors;

/// <summary>What becomes of an error that other code recorded: the replay gives what the first run gave, or the run is set aside.</summary>
public sealed class ChangedErrorTests
{
    private const string Plain = "public class GateException(int gate) : Exception($\"gate {gate}\") { public int Gate { get; } = gate; }";
    private const string Marked = "[DurableError] " + Plain;

    [Fact]
    public async Task A_type_that_grew_by_what_has_a_default_is_read()
        => Assert.Equal((RunStatus.Completed, "gate 7 of GateException"), await ResumedAsync(Marked, Marked.Replace("Gate { get; }", "Other { get; init; } = 1; public int Gate { get; }")));

    [Fact]
    public async Task An_error_recorded_before_its_type_was_marked_has_no_inner_exception_on_replay_either()
        => Assert.Equal((RunStatus.Completed, "none"), await ResumedAsync(Plain, Marked));

    [Fact]
    public async Task A_run_whose_error_has_a_member_too_few_is_set_aside_and_goes_on_with_code_that_reads_it()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Marked, fails: true));
        await watched.ResumeInAsync(Flow(Marked.Replace("(int gate)", "(int gate, int key)").Replace("{ public", "{ public int Key { get; } = key; public"), fails: false));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        Assert.StartsWith("The error of step '/Charge' (sequence 1) cannot be read as 'GateException'", (await watched.Run.GetInfoAsync()).Error!.Message);
        Assert.Contains("deploy code that reads what is stored", (await watched.Run.GetInfoAsync()).Error!.Message);
        await watched.ResumeInAsync(Flow(Marked, fails: false));
        Assert.Equal("gate 7 of GateException", await watched.ResultAsync());
    }

    [Theory]
    [InlineData("public class GateException(int gate) : Exception($\"gate {gate}\") { public int Gate { get; } = gate; }")]
    [InlineData("[DurableError] public class DoorException(int gate) : Exception($\"gate {gate}\") { public int Gate { get; } = gate; }")]
    public async Task A_run_whose_error_is_of_a_type_that_is_no_longer_marked_or_has_another_name_is_set_aside(string now)
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Marked, fails: true));
        await watched.ResumeInAsync(Flow(now, fails: false));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        Assert.StartsWith("The error of step '/Charge' (sequence 1) is a 'GateException', recorded with its data, and there is no [DurableError] type of that name.", (await watched.Run.GetInfoAsync()).Error!.Message);
        Assert.Contains("The error of step '/Charge' (sequence 1) is a 'GateException', which is no [DurableError] type here", Assert.Single(watched.Logs.Of(1103)).Text);
    }

    [Fact]
    public async Task Who_only_waits_for_a_run_gets_its_error_though_its_type_is_not_known_there()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Marked, fails: true).Replace("catch (StepFailedException", "catch (StepTimeoutException"));
        var known = await Assert.ThrowsAsync<RunFailedException>(() => watched.Run.GetResultAsync());
        Assert.Equal("GateException", known.InnerException!.GetType().FullName);
        await watched.DeployAsync(null);
        var unknown = await Assert.ThrowsAsync<RunFailedException>(() => watched.Run.GetResultAsync());
        Assert.Null(unknown.InnerException);
        Assert.Equal("GateException", unknown.Error.Inner!.TypeName);
        Assert.Equal("The error of run run comes back without its data: The error of run 'run' is a 'GateException', which is no [DurableError] type here", Assert.Single(watched.Logs.Of(1114)).Text);
    }

    private static async Task<(RunStatus, string)> ResumedAsync(string before, string after)
    {
        await using var watched = await WatchedRun.OfAsync(Flow(before, fails: true));
        await watched.ResumeInAsync(Flow(after, fails: false));
        return (await watched.Run.GetStatusAsync(), await watched.ResultAsync());
    }

    // The first build leaves the run failed behind the step, so that the next one replays it.
    private static string Flow(string types, bool fails) => new FailingFlow
    {
        Types = types,
        Thrown = fails ? "new GateException(7)" : "new InvalidOperationException(\"must not run\")",
        Shown = """cause is null ? "none" : $"{cause.Message} of {cause.GetType()}" """,
        End = fails ? "throw new InvalidOperationException(\"the end is closed\");" : "",
    }.Source;
}
