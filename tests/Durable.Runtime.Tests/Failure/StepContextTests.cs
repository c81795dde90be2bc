using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Failure;

/// <summary>What a step's body is told of the execution that it is part of.</summary>
public sealed class StepContextTests : FailureTests
{
    [Fact]
    public void Its_lines_name_the_run_and_the_step()
    {
        var run = Start(async _ => await Body("Charge", step =>
        {
            step.Logger.LogInformation("charging");
            return Task.CompletedTask;
        }).CallAsync("x"));
        Simulation.Run(() => run.GetResultAsync());
        var line = Assert.Single(Simulation.Logs.Lines, line => line.Text == "charging");
        Assert.Equal("Order", line.Category);
        Assert.Contains("[RunId, run]", line.Rest, StringComparison.Ordinal);
        Assert.Contains("[StepId, /Charge]", line.Rest, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_the_run_the_step_and_the_attempt_and_its_token_stays_over_attempts()
    {
        var seen = new List<(string RunId, string StepId, int Attempt, Guid Token)>();
        var charge = TestStep.Define<string, string>("Charge", (_, step) =>
        {
            seen.Add((step.RunId, step.StepId, step.Attempt, step.IdempotencyToken));
            return step.Attempt < 2 ? throw new IOException("down") : Task.FromResult("charged");
        }, new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(1), Jitter = Jitter.None });
        var run = Start(async _ => await charge.CallAsync("x"));
        Simulation.Advance(TimeSpan.FromSeconds(2));
        Simulation.Run(() => run.GetResultAsync());
        var token = Durable.Execution.NameBasedGuid.Create("run", "/Charge");
        Assert.Equal([("run", "/Charge", 1, token), ("run", "/Charge", 2, token)], seen);
        Assert.Equal(5, token.Version);
    }
}
