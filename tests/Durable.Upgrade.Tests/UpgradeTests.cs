namespace Durable.Upgrade.Tests;

/// <summary>
/// Two real builds of one small project. The first is killed while its runs stand before each step and before their end; the second finds them in the store. What completed in the first never runs again.
/// </summary>
public sealed class UpgradeTests(FirstBuild first) : IClassFixture<FirstBuild>
{
    private static readonly string[] s_steps = ["Reserve", "Charge", "Mail", "Ship"];

    [Fact]
    public async Task Unchanged_code_finishes_what_it_finds() => (await FinishesAsync("FirstBuild", _ => s_steps)).Dispose();

    [Fact]
    public async Task A_text_edit_goes_on_with_what_is_stored_and_says_so_in_the_history()
    {
        using var next = await FinishesAsync("TextEdited", _ => s_steps);
        Assert.All((string[])["Ship", "end"], place => Assert.Contains("ArgumentsChanged /Mail Completed", next.History(place)));
        Assert.All((string[])["Reserve", "Charge", "Mail", "new"], place => Assert.DoesNotContain(next.History(place), line => line.StartsWith("ArgumentsChanged", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Members_and_parameters_that_may_be_missing_change_nothing()
    {
        using var next = await FinishesAsync("NullableAdded", _ => s_steps);
        Assert.All(FirstBuild.Places, place => Assert.DoesNotContain(next.History(place), line => line.StartsWith("ArgumentsChanged", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_step_behind_all_others_runs_in_every_run() => (await FinishesAsync("StepAppended", _ => [.. s_steps, "Archive"])).Dispose();

    [Fact]
    public async Task A_step_inserted_behind_a_patch_runs_where_its_place_was_not_passed()
    {
        using var next = await FinishesAsync("StepInserted", place => place is "Reserve" or "Charge" or "new" ? ["Reserve", "Audit", "Charge", "Mail", "Ship"] : s_steps);
        Assert.All(FirstBuild.Places, place => Assert.Contains("Patch /[audit-orders] Completed", next.History(place)));
    }

    [Fact]
    public async Task A_renamed_step_is_found_by_its_alias()
    {
        using var next = await FinishesAsync("StepRenamed", place => ["Reserve", "Charge", place is "Ship" or "end" ? "Mail" : "Notify", "Ship"]);
        Assert.DoesNotContain("Step /Notify Completed", next.History("end"));
    }

    [Fact]
    public async Task A_step_removed_behind_a_patch_stays_where_it_was_recorded()
        => (await FinishesAsync("StepPatchedOut", place => place is "Ship" or "end" ? s_steps : ["Reserve", "Charge", "Ship"])).Dispose();

    [Fact]
    public async Task After_a_version_bump_runs_finish_on_the_version_that_they_were_started_on_and_new_ones_start_on_the_new()
    {
        using var next = first.TakenOverBy("VersionBumped");
        await next.FinishAsync();
        Assert.All(FirstBuild.Places, place =>
        {
            Assert.Equal((RunStatus.Completed, 1, Result(place)), next.End(place));
            Assert.Equal(s_steps, next.Bodies(place));
        });
        Assert.Equal((RunStatus.Completed, 2, "charged 30, reserved 2 for order-new, shipped order-new"), next.End("new"));
        Assert.Equal(["Charge", "Reserve", "Ship"], next.Bodies("new"));
    }

    [Fact]
    public async Task A_step_removed_without_a_patch_sets_aside_the_runs_that_recorded_it_and_accepting_that_loses_nothing()
    {
        using var next = first.TakenOverBy("StepRemoved");
        await next.FinishAsync();
        foreach (var place in (string[])["Ship", "end"])
        {
            var (status, _, reason) = next.End(place);
            Assert.Equal(RunStatus.Quarantined, status);
            Assert.Contains("recorded:  /Mail (sequence 3, build ", reason, StringComparison.Ordinal);
            Assert.Contains("requested: /Ship", reason, StringComparison.Ordinal);
            Assert.Contains("workflow.Patched(\"...\")", reason, StringComparison.Ordinal);
            Assert.Equal(place == "end" ? s_steps : ["Reserve", "Charge", "Mail"], next.Bodies(place));
            Assert.Equal(next.Bodies(place).Select(step => $"Step /{step} Completed"), next.History(place));
        }

        Assert.All((string[])["Reserve", "Charge", "Mail", "new"], place => Assert.Equal((RunStatus.Completed, 1, Result(place)), next.End(place)));
        await next.AcceptAsync();
        Assert.All((string[])[.. FirstBuild.Places, "new"], place => Assert.Equal((RunStatus.Completed, 1, Result(place)), next.End(place)));
        Assert.All((string[])["Ship", "end"], place =>
        {
            Assert.Equal(s_steps, next.Bodies(place));
            Assert.Contains("Step /Mail Cleared", next.History(place));
        });
    }

    private static string Result(string place) => $"reserved 2 for order-{place}, charged 30, shipped order-{place}";

    // Finishes every run, and a new one, with the right results and exactly these bodies, none of them twice.
    private async Task<Build> FinishesAsync(string build, Func<string, IEnumerable<string>> bodies)
    {
        var next = first.TakenOverBy(build);
        await next.FinishAsync();
        foreach (var place in (string[])[.. FirstBuild.Places, "new"])
        {
            Assert.Equal((RunStatus.Completed, 1, Result(place)), next.End(place));
            Assert.Equal(bodies(place), next.Bodies(place));
        }

        return next;
    }
}
