namespace Durable.Runtime.Tests.Workers;

/// <summary>Exceptions whose own members fail: the failure is recorded all the same.</summary>
public sealed class HostileExceptionTests
{
    private readonly EngineSimulation _simulation = new();

    [Fact]
    public void A_step_whose_exception_cannot_tell_its_message_has_failed() => FailsWith(new Unreadable(), inStep: true, "(reading this threw System.NotSupportedException)");

    [Fact]
    public void A_workflow_whose_exception_cannot_tell_its_message_has_failed() => FailsWith(new Unreadable(), inStep: false, "(reading this threw System.NotSupportedException)");

    [Fact]
    public void A_step_whose_exception_has_no_message_has_failed() => FailsWith(new Silent(), inStep: true, "");

    [Fact]
    public void A_message_is_cut_at_its_limit() => FailsWith(new InvalidOperationException(new string('x', 100_000)), inStep: true, new string('x', DurableLimits.MaxErrorTextLength));

    [Fact]
    public void Half_of_a_surrogate_pair_in_a_message_can_be_stored() => FailsWith(new InvalidOperationException("\ud83d"), inStep: true, "\ufffd");

    private void FailsWith(Exception exception, bool inStep, string expected)
    {
        var workflow = TestWorkflow.Define("Fails", async w => inStep ? await w.StepAsync("body", _ => Task.FromException<int>(exception)) : throw exception);
        var run = _simulation.Run(() => _simulation.Start(workflow).Client.StartAsync(workflow.Call(), "run"));
        var info = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal(RunStatus.Failed, info.Status);
        Assert.Equal(expected, (inStep ? info.Error!.Inner : info.Error)!.Message);
    }

    private sealed class Unreadable : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private sealed class Silent : Exception
    {
        public override string Message => null!;
    }
}
