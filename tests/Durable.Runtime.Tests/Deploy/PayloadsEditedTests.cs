using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Deploy;

/// <summary>What build 1 stored no longer fits the types of build 2: the run is set aside, and the message names type and member.</summary>
public sealed class PayloadsEditedTests : DeployStory
{
    [Fact]
    public void A_result_whose_member_changed_its_type_quarantines()
    {
        CrashAfter(new ReceiptV1("r-1", "ten"));
        Assert.Equal(RunStatus.Quarantined, GoOn<ReceiptV2>());
        Assert.Contains("The result of step '/charge' (sequence 1) cannot be read as", Error());
        Assert.Contains(nameof(ReceiptV2), Error());
        Assert.Contains("$.Amount", Error());
        Assert.Contains("To go on: deploy code that reads what is stored", Error());
    }

    [Fact]
    public void A_result_that_lacks_a_required_member_quarantines()
    {
        CrashAfter(new ReceiptV1("r-1", "ten"));
        Assert.Equal(RunStatus.Quarantined, GoOn<ReceiptV3>());
        Assert.Contains(nameof(ReceiptV3), Error());
        Assert.Contains("Currency", Error());
    }

    [Fact]
    public void A_result_whose_constructor_throws_anything_quarantines()
    {
        CrashAfter(new ReceiptV1("r-1", "ten"));
        Assert.Equal(RunStatus.Quarantined, GoOn<ReceiptV4>());
        Assert.Contains(nameof(ReceiptV4), Error());
    }

    [Fact]
    public void No_body_starts_behind_a_result_that_cannot_be_read()
    {
        CrashAfter(new ReceiptV1("r-1", "ten"));
        GoOn<ReceiptV2>();
        Assert.Empty(NewBodies);
    }

    [Fact]
    public void A_run_set_aside_for_its_payload_goes_on_when_the_payload_can_be_read_again()
    {
        CrashAfter(new ReceiptV1("r-1", "ten"));
        var isStrict = true;
        GoOnInNewBuild(TestWorkflow.Define("Order", async w =>
        {
            if (isStrict)
                await w.StepAsync("charge", _ => Task.FromResult(new ReceiptV2("", 0)));
            else
                await w.StepAsync("charge", _ => Task.FromResult(new ReceiptV1("", "")));
            await Step(w, "c");
            return "done";
        }));
        isStrict = false;
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal("done", Result());
        Assert.Equal(["c"], NewBodies);
    }

    [Fact]
    public void Arguments_of_the_workflow_that_no_longer_fit_quarantine()
    {
        CrashAfter(new ReceiptV1("r-1", "ten"));
        var plain = TestWorkflow.Define("Order", _ => Task.FromResult(""));
        EngineSimulation.Start([new WorkflowDefinition<NumberInput, string>
        {
            Name = "Order",
            Declaration = plain.Declaration,
            CallFactory = plain.CallFactory,
            Json = plain.Json,
            Arguments = TestWorkflow.Payload<NumberInput>(),
            Result = plain.Result,
            Body = (_, _, _, _) => throw new InvalidOperationException("must not run"),
        }]);
        Assert.Equal(RunStatus.Quarantined, Status());
        Assert.Contains("The arguments of workflow 'Order' cannot be read as", Error());
        Assert.Contains(nameof(NumberInput), Error());
        Assert.Contains("$.Value", Error());
    }

    private void CrashAfter(ReceiptV1 receipt) => CrashInOldBuild(TestWorkflow.Define("Order", async w =>
    {
        await w.StepAsync("charge", _ => Task.FromResult(receipt));
        return $"{await w.StepAsync("c", _ => Forever)}";
    }));

    private RunStatus GoOn<TReceipt>() => GoOnInNewBuild(TestWorkflow.Define("Order", async w =>
    {
        await w.StepAsync<TReceipt>("charge", _ => throw new InvalidOperationException("must not run"));
        await Step(w, "c");
        return "done";
    }));

    private sealed record ReceiptV1(string Id, string Amount);

    private sealed record ReceiptV2(string Id, decimal Amount);

    private sealed class ReceiptV3
    {
        public required string Currency { get; init; }
    }

    private sealed class ReceiptV4(string id, string currency)
    {
        public string Id { get; } = id;

        // Fails on what lacks the new member, as code does that was written for complete data.
        public string Currency { get; } = currency.Trim();
    }

    private sealed record NumberInput(int Value);
}
