namespace Durable.Runtime.Tests.Replay;

/// <summary>Which failures run again when a failed run is resumed, and which stay.</summary>
public sealed class ResumeTests : SimulatedRunTests
{
    [Fact]
    public async Task A_failure_that_the_code_caught_and_moved_past_stays_on_resume()
    {
        var executed = new List<string>();
        var fails = true;
        var rig = Rig(async w =>
        {
            try
            {
                await w.StepAsync("caught", _ => Failing("caught", true));
            }
            catch (StepFailedException)
            {
                await w.StepAsync("fallback", _ => Failing("fallback", false));
            }

            return await w.StepAsync("last", _ => Failing("last", fails));
        });
        Drive(rig);
        Assert.Equal(RunStatus.Failed, await rig.StatusAsync());
        fails = false;
        Do(rig.ResumeAsync());
        Drive(rig);
        Assert.Equal(1, await rig.ResultAsync());
        Assert.Equal(["caught", "fallback", "last", "last"], executed);

        Task<int> Failing(string name, bool now)
        {
            executed.Add(name);
            return now ? throw new InvalidOperationException("on purpose") : Task.FromResult(1);
        }
    }

    [Fact]
    public async Task Two_failures_of_one_WhenAll_both_run_again_on_resume()
    {
        var executed = new List<string>();
        var fails = true;
        var rig = Rig(async w => (await Task.WhenAll(w.StepAsync("a", _ => Body("a", fails)), w.StepAsync("b", _ => Body("b", false)), w.StepAsync("c", _ => Body("c", fails)))).Sum());
        Drive(rig);
        Assert.Equal(RunStatus.Failed, await rig.StatusAsync());
        executed.Clear();
        fails = false;
        Do(rig.ResumeAsync());
        Drive(rig);
        Assert.Equal(3, await rig.ResultAsync());
        Assert.Equal(["a", "c"], executed.Order());

        Task<int> Body(string name, bool now)
        {
            executed.Add(name);
            return now ? throw new InvalidOperationException("on purpose") : Task.FromResult(1);
        }
    }

    [Fact]
    public async Task A_branch_that_failed_runs_again_on_resume_although_the_branches_beside_it_went_on()
    {
        var executed = new List<string>();
        var fails = true;
        var failed = new TaskCompletionSource();
        var rig = Rig(async w =>
        {
            var branches = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => w.ScopeAsync("branch", async branch =>
            {
                try
                {
                    // The others go on when this failure is already known to the code.
                    await branch.StepAsync("first", _ => i == 0 ? Body("first 0", fails) : AfterFailureAsync(i));
                }
                catch (StepFailedException)
                {
                    failed.SetResult();
                    throw;
                }

                return 1 + await branch.StepAsync("second", _ => Body($"second {i}", false));
            })));
            return branches.Sum();
        });
        Drive(rig);
        Assert.Equal(RunStatus.Failed, await rig.StatusAsync());
        Assert.Equal(["first 0", "first 1", "first 2", "second 1", "second 2"], executed.Order());
        executed.Clear();
        fails = false;
        Do(rig.ResumeAsync());
        Drive(rig);
        Assert.Equal(6, await rig.ResultAsync());
        Assert.Equal(["first 0", "second 0"], executed);

        async Task<int> AfterFailureAsync(int i)
        {
            await failed.Task;
            return await Body($"first {i}", false);
        }

        Task<int> Body(string name, bool now)
        {
            executed.Add(name);
            return now ? throw new InvalidOperationException("on purpose") : Task.FromResult(1);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_branch_whose_failure_was_caught_around_it_stays_on_resume(bool fallbackInScope)
    {
        var executed = new List<string>();
        var fails = true;
        var rig = Rig(async w =>
        {
            try
            {
                await Task.WhenAll(w.ScopeAsync("s", s => s.StepAsync("a", Throws)), w.ScopeAsync("s", s => s.StepAsync("b", One)));
            }
            catch (StepFailedException)
            {
                await (fallbackInScope ? w.ScopeAsync("t", t => t.StepAsync("fallback", One)) : w.StepAsync("fallback", One));
            }

            return await w.StepAsync("last", _ =>
            {
                executed.Add("last");
                return fails ? throw new InvalidOperationException("on purpose") : Task.FromResult(1);
            });
        });
        Drive(rig);
        Assert.Equal(RunStatus.Failed, await rig.StatusAsync());
        fails = false;
        Do(rig.ResumeAsync());
        Drive(rig);
        Assert.Equal(1, await rig.ResultAsync());
        Assert.Equal(["last", "last"], executed);
    }
}
