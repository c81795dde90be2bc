using Durable.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Deploy;

/// <summary>Build 1 recorded calls with arguments and died. Build 2 makes them with other arguments, or with an edited argument type.</summary>
public sealed class ArgumentsEditedTests : DeployStory
{
    private static readonly StepDefinition<TestStep.Arguments<decimal>, string> s_charge = TestStep.Define<decimal, string>("Charge", (amount, _) => Task.FromResult($"charged {amount}"));

    [Theory, InlineData(true), InlineData(false)]
    public void An_edited_literal_uses_the_stored_outcome(bool isSequential)
    {
        CrashInOldBuild(Charges(isSequential, 10m));
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(Charges(isSequential, 20m, ends: true)));
        Assert.Equal("charged 10", Result());
    }

    [Fact]
    public void An_edited_literal_is_logged_once_with_both_builds()
    {
        CrashInOldBuild(Charges(true, 10m));
        GoOnInNewBuild(Charges(true, 20m, ends: true));
        var line = Assert.Single(EngineSimulation.Logs.Of(1204));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("recorded by build build-1", line.Text);
        Assert.Contains("than build build-2", line.Text);
    }

    [Fact]
    public void An_edited_literal_is_noted_in_the_history()
    {
        CrashInOldBuild(Charges(true, 10m));
        GoOnInNewBuild(Charges(true, 20m, ends: true));
        Assert.Equal(
            [("/Charge", CheckpointKind.Step), ("/Charge", CheckpointKind.ArgumentsChanged)],
            Checkpoints().Where(checkpoint => checkpoint.Name == "Charge").Select(checkpoint => (checkpoint.StepId, checkpoint.Kind)));
    }

    [Fact]
    public void An_edited_literal_is_noted_once_however_often_the_run_is_replayed()
    {
        CrashInOldBuild(Charges(true, 10m));
        var fails = TestWorkflow.Define("Order", async w =>
        {
            var charged = await s_charge.CallAsync(20m);
            await w.StepAsync("c", _ => Task.FromException<int>(new InvalidOperationException()));
            return charged;
        }, isSequential: true, awaitsOnlyDurableWork: true);
        GoOnInNewBuild(fails);
        for (var i = 0; i < 3; i++)
            EngineSimulation.Run(() => Run.ResumeAsync());
        EngineSimulation.Settle();
        Assert.Equal(RunStatus.Failed, Status());
        Assert.Single(Checkpoints(), checkpoint => checkpoint.Kind == CheckpointKind.ArgumentsChanged);
        Assert.Single(EngineSimulation.Logs.Of(1204));
    }

    [Fact]
    public void An_edited_literal_quarantines_where_the_strict_option_is_on()
    {
        CrashInOldBuild(Charges(true, 10m));
        Assert.Equal(RunStatus.Quarantined, GoOnInNewBuild(Charges(true, 20m, ends: true), options => options.OnArgumentMismatch = ArgumentMismatch.Quarantine));
        Assert.Contains("OnArgumentMismatch is Quarantine", Error());
    }

    [Fact]
    public void Other_arguments_in_the_same_build_are_a_divergence()
    {
        CrashInOldBuild(Charges(true, 10m));
        Assert.Equal(RunStatus.Quarantined, GoOnInNewBuild(Charges(true, 20m, ends: true), options => options.BuildId = "build-1"));
        Assert.Contains("the same build calls a recorded step with other arguments", Error());
    }

    [Fact]
    public void A_message_about_arguments_shows_none_of_them()
    {
        CrashInOldBuild(Charges(true, 1234567m));
        GoOnInNewBuild(Charges(true, 7654321m, ends: true), options => options.BuildId = "build-1");
        Assert.DoesNotContain("1234567", Error());
        Assert.DoesNotContain("7654321", Error());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Two_calls_of_one_step_that_changed_places_are_a_divergence(bool isSequential)
    {
        CrashInOldBuild(Charges(isSequential, 10m, 20m));
        Assert.Equal(RunStatus.Quarantined, GoOnInNewBuild(Charges(isSequential, [20m, 10m], ends: true)));
        Assert.Contains("two calls have changed places", Error());
    }

    [Fact]
    public void A_nullable_member_added_to_an_argument_is_no_mismatch()
    {
        CrashInOldBuild(Ships(new ParcelV1("Bern", 3)));
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(Ships(new ParcelV2("Bern", 3, null), ends: true)));
        Assert.Empty(EngineSimulation.Logs.Of(1204));
    }

    [Fact]
    public void An_added_member_that_is_set_is_a_mismatch()
    {
        CrashInOldBuild(Ships(new ParcelV1("Bern", 3)));
        GoOnInNewBuild(Ships(new ParcelV2("Bern", 3, "fragile"), ends: true));
        Assert.Single(EngineSimulation.Logs.Of(1204));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_step_renamed_with_an_alias_goes_on(bool isSequential)
    {
        CrashInOldBuild(Charges(isSequential, 10m));
        var renamed = TestStep.Define<decimal, string>("Bill", (amount, _) => throw new InvalidOperationException("must not run"), key: null, "Charge");
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(TestWorkflow.Define("Order", async w =>
        {
            var charged = await renamed.CallAsync(10m);
            await Step(w, "c");
            return charged;
        }, isSequential, awaitsOnlyDurableWork: true)));
        Assert.Equal("charged 10", Result());
        Assert.Equal(["c"], NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_new_step_that_takes_a_name_mentioned_by_an_alias_quarantines_before_its_body(bool isSequential)
    {
        CrashInOldBuild(Charges(isSequential, 10m));
        var renamed = TestStep.Define<decimal, string>("Bill", (amount, _) => Task.FromResult("billed"), key: null, "Charge");
        var newCharge = TestStep.Define<decimal, string>("Charge", (_, _) => throw new InvalidOperationException("must not run"));
        Assert.Equal(RunStatus.Quarantined, GoOnInNewBuild(TestWorkflow.Define("Order", async w => await renamed.CallAsync(10m) + await newCharge.CallAsync(11m), isSequential, awaitsOnlyDurableWork: true)));
        Assert.Contains("give the new step a name that no alias mentions", Error());
    }

    private static WorkflowDefinition<TestWorkflow.Input, string> Charges(bool isSequential, params decimal[] amounts) => Charges(isSequential, amounts, ends: false);

    private static WorkflowDefinition<TestWorkflow.Input, string> Charges(bool isSequential, decimal amount, bool ends) => Charges(isSequential, [amount], ends);

    private static WorkflowDefinition<TestWorkflow.Input, string> Charges(bool isSequential, decimal[] amounts, bool ends) => TestWorkflow.Define("Order", async w =>
    {
        var charged = new List<string>();
        foreach (var amount in amounts)
            charged.Add(await s_charge.CallAsync(amount));
        await w.StepAsync("c", _ => ends ? Task.FromResult(0) : Forever);
        return string.Join(", ", charged);
    }, isSequential, awaitsOnlyDurableWork: true);

    private static WorkflowDefinition<TestWorkflow.Input, string> Ships<T>(T parcel, bool ends = false) => TestWorkflow.Define("Order", async w =>
    {
        var shipped = await TestStep.Define<T, string>("Ship", (_, _) => Task.FromResult("shipped")).CallAsync(parcel);
        await w.StepAsync("c", _ => ends ? Task.FromResult(0) : Forever);
        return shipped;
    }, isSequential: true, awaitsOnlyDurableWork: true);

    private sealed record ParcelV1(string To, int Weight);

    private sealed record ParcelV2(string To, int Weight, string? Remark);
}
