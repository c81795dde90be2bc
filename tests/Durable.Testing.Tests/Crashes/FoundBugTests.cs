using Durable.CompilerServices;
using Durable.Testing.Crashes;
using Durable.Testing.Tests.Crashes.Swept;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Testing.Tests.Crashes;

/// <summary>What a sweep finds in a user's code, and how it says so.</summary>
public sealed class FoundBugTests
{
    [Fact]
    public void A_step_name_that_differs_on_replay_is_found()
        => Assert.Contains("deterministic", Find(async w => await w.StepAsync("pay " + Guid.NewGuid(), _ => Task.FromResult(1)) + await w.StepAsync("end", _ => Task.FromResult(2))).Message);

    [Fact]
    public void A_branch_on_a_random_value_is_found_before_anything_crashes()
    {
        var found = Find(async w => await w.StepAsync(Guid.NewGuid().ToString("N"), _ => Task.FromResult(1)), isSequential: true);

        Assert.Equal("undisturbed", found.Crash);
    }

    [Fact]
    public void The_machines_time_in_the_result_is_found()
    {
        var found = Find(async w => await w.StepAsync("a", _ => Task.FromResult(1)) + DateTime.Now.Ticks);

        Assert.Contains("does not lead to its outcome", found.Message);
    }

    [Fact]
    public void An_argument_that_differs_on_replay_is_found()
    {
        var report = CrashSweep.Run(Hasty.RunCall(), durable => durable.AddWorkflows());

        Assert.Contains("other arguments, so the code between the steps is not deterministic", Assert.Single(report.Violations).Message);
    }

    [Fact]
    public void State_that_a_body_writes_and_the_code_reads_is_found()
    {
        var found = Find(w =>
        {
            var carried = 0;
            return Code();

            async Task<long> Code()
            {
                await w.StepAsync("a", _ => Task.FromResult(carried = 7));
                return carried + await w.StepAsync("b", _ => Task.FromResult(1));
            }
        });

        Assert.Contains("stored:   Completed 8", found.Message);
        Assert.Contains("replayed: Completed 1", found.Message);
    }

    [Fact]
    public void An_effect_without_its_idempotency_token_is_found_by_the_check_of_the_outside_world()
        => Assert.Equal(["inside body /Pay", "before commit 1"], SweepCareless().Violations.Select(violation => violation.Crash));

    [Fact]
    public void A_body_that_never_returns_is_named()
    {
        var found = Find(async w => await w.StepAsync("stuck", _ => new TaskCompletionSource<int>().Task), patience: TimeSpan.FromMilliseconds(100));

        Assert.Contains("running: /stuck", found.Message);
    }

    [Fact]
    public void A_violation_says_how_to_repeat_it_and_what_the_hosts_did()
    {
        var text = Assert.Throws<CrashSweepException>(() => SweepCareless().ThrowIfFailed()).Message;

        Assert.Contains("CrashSweep.Run(..., only: \"inside body /Pay\")", text);
        Assert.Contains("host 1 dies inside body /Pay", text);
        Assert.Contains("host 2 claims run-1 (epoch 2, 0 checkpoints)", text);
    }

    [Fact]
    public void A_violation_is_repeated_by_its_text()
    {
        var report = SweepCareless(only: "inside body /Pay");

        Assert.Equal(1, report.Crashes);
        Assert.Equal("inside body /Pay", Assert.Single(report.Violations).Crash);
    }

    [Fact]
    public void A_point_that_the_runs_never_come_to_is_refused_with_those_that_they_do()
        => Assert.Contains("after commit 2", Assert.Throws<ArgumentException>(() => SweepCareless(only: "after commit 9")).Message);

    [Fact]
    public void More_crashes_than_the_limit_are_refused()
        => Assert.Throws<InvalidOperationException>(() => SweepCareless(new CrashOptions { MaxCrashes = 3 }));

    [Fact]
    public void What_differs_by_chance_is_not_compared()
        => Sweep(async w => await w.StepAsync("chance", _ => Task.FromResult(Guid.NewGuid().GetHashCode()))).ThrowIfFailed();

    [Fact]
    public void A_result_that_depends_on_recorded_time_is_not_compared()
        => Sweep(async w => await w.StepAsync("a", _ => Task.FromResult(1)) + w.UtcNow.Ticks).ThrowIfFailed();

    private static CrashViolation Find(Func<WorkflowContext, Task<long>> code, bool isSequential = false, TimeSpan? patience = null)
        => Sweep(code, isSequential, patience).Violations.FirstOrDefault() ?? throw new InvalidOperationException("Nothing was found.");

    private static CrashReport SweepCareless(CrashOptions? options = null, string? only = null) => CrashSweep.Run(
        Careless.RunCall(), () => new Ledger(), (durable, ledger) => durable.AddWorkflows().Services.AddSingleton(ledger), ledger => Assert.Equal(1, ledger.Charges), options, only);

    private static CrashReport Sweep(Func<WorkflowContext, Task<long>> code, bool isSequential = false, TimeSpan? patience = null)
    {
        var workflow = TestWorkflow.Define("W", code, isSequential, awaitsOnlyDurableWork: true);
        return CrashSweep.Run(
            workflow.Call(),
            durable => durable.AddModule(new TestModule(workflow)).Configure(options => options.BuildId = "build-1"),
            new CrashOptions { Patience = patience ?? TimeSpan.FromSeconds(10) });
    }
}
