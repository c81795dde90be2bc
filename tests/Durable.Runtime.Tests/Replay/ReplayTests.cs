using Durable.Execution;
using Durable.Storage;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Replay;

/// <summary>What replay repeats, and what it does not do again.</summary>
public sealed class ReplayTests : SimulatedRunTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public async Task Completed_steps_never_execute_again()
    {
        var executed = new List<string>();
        var rig = Rig(async w =>
        {
            for (var i = 0; i < 5; i++)
                await w.StepAsync("a", $"{i}", _ =>
                {
                    executed.Add($"{i}");
                    return Task.FromResult(i);
                });
            return 1;
        });
        for (var sequence = 2; sequence <= 5; sequence++)
            DropAtCommit(rig, sequence);
        Drive(rig);
        await rig.ResultAsync();
        // Each incarnation executed one body whose outcome it could not commit.
        Assert.Equal(["0", "1", "1", "2", "2", "3", "3", "4", "4"], executed);
    }

    [Fact]
    public async Task Plain_functions_between_steps_run_again_in_each_incarnation()
    {
        var validated = new List<int>();
        var rig = Rig(async w => await w.StepAsync("b", _ => Task.FromResult(Validate(0))) + Validate(await w.StepAsync("a", One)) * await w.StepAsync("c", One), isUndisturbed: true);
        DropAtCommit(rig, 3);
        Drive(rig);
        Assert.Equal(1, await rig.ResultAsync());
        // The step's body once, the plain call after it in both incarnations.
        Assert.Equal([0, 1, 1], validated);

        int Validate(int number)
        {
            validated.Add(number);
            return number;
        }
    }

    [Fact]
    public void A_fresh_run_reads_no_checkpoints()
    {
        var rig = Rig(w => w.StepAsync("a", One), isUndisturbed: true);
        Drive(rig);
        Assert.Equal(0, Reads(rig));
    }

    [Fact]
    public void A_run_with_checkpoints_reads_them_once_an_incarnation()
    {
        var rig = Rig(async w => await w.StepAsync("a", One) + await w.StepAsync("b", One) + await w.StepAsync("c", One), isUndisturbed: true);
        DropAtCommit(rig, 2);
        Assert.Equal(0, Reads(rig));
        DropAtCommit(rig, 3);
        Assert.Equal(1, Reads(rig));
        Drive(rig);
        Assert.Equal(2, Reads(rig));
    }

    [Fact]
    public async Task The_history_tells_which_incarnation_executed_what()
    {
        var rig = Rig(async w => await w.StepAsync("a", One) + await w.StepAsync("b", One));
        DropAtCommit(rig, 2);
        Drive(rig);
        var history = rig.HistoryAsync();
        Do(history);
        Assert.Equal([("/a", 1L), ("/b", 2L)], (await history).Select(checkpoint => (checkpoint.StepId, checkpoint.Epoch)));
    }

    [Fact]
    public void The_log_tells_executed_from_replayed()
    {
        var rig = Rig(async w => await w.StepAsync("a", One) + await w.StepAsync("b", One), isUndisturbed: true);
        DropAtCommit(rig, 2);
        Drive(rig);
        Assert.Equal("Step /a of run run-1 replayed from incarnation 1", Assert.Single(rig.Log.Of(1201)).Text);
        Assert.Equal(["/a", "/b", "/b"], rig.Log.Of(1200).Select(line => line.Text.Split(' ')[1]));
    }

    [Fact]
    public void Time_guids_and_random_numbers_repeat()
    {
        RunRig<int> rig = null!;
        rig = Rig(async w =>
        {
            Look(w);
            await w.StepAsync("a", Later);
            Look(w);
            await w.ScopeAsync("s", async s =>
            {
                Look(s);
                await s.StepAsync("b", Later);
                Look(s);
            });
            Look(w);
            return 1;

            Task<int> Later(CancellationToken cancellationToken)
            {
                rig.Clock.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(1);
            }
        }, isUndisturbed: true);
        DropAtEnd(rig);
        rig.Clock.Advance(TimeSpan.FromHours(1));
        Drive(rig);
        Assert.Equal(10, _seen.Count);
        Assert.Equal(_seen[..5], _seen[5..]);
        Assert.Equal(5, _seen[..5].Distinct().Count());

        void Look(WorkflowContext w) => _seen.Add($"{w.UtcNow:O} {w.NewGuid()} {w.Random.NextInt64()}");
    }

    [Fact]
    public void The_time_is_the_start_of_the_run_and_then_that_of_the_last_delivered_checkpoint()
    {
        RunRig<int> rig = null!;
        rig = Rig(async w =>
        {
            _seen.Add($"{w.UtcNow - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)}");
            await w.StepAsync("a", _ =>
            {
                rig.Clock.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(1);
            });
            rig.Clock.Advance(TimeSpan.FromMinutes(1));
            _seen.Add($"{w.UtcNow - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)}");
            return 1;
        }, isUndisturbed: true);
        Drive(rig);
        Assert.Equal(["00:00:00", "00:01:00"], _seen);
    }

    [Fact]
    public void Guids_and_random_numbers_differ_between_runs_scopes_and_calls()
    {
        var rig = Rig(async w =>
        {
            _seen.Add($"{w.NewGuid()}");
            _seen.Add($"{w.NewGuid()}");
            _seen.Add($"{await w.ScopeAsync("s", s => Task.FromResult(s.NewGuid()))}");
            _seen.Add($"{w.Random.NextInt64()}");
            _seen.Add($"{await w.ScopeAsync("s", s => Task.FromResult(s.Random.NextInt64()))}");
            _seen.Add($"{await w.ScopeAsync("s", s => Task.FromResult(s.Random.NextInt64()))}");
            return 1;
        });
        Drive(rig);
        Assert.Equal(6, _seen.Distinct().Count());
    }

    [Fact]
    public void The_token_of_a_step_is_the_same_for_every_execution_and_never_a_NewGuid()
    {
        var step = TextStep<int>.Define("NewGuid", (_, context) =>
        {
            _seen.Add($"{context.IdempotencyToken}");
            return Task.FromResult(1);
        });
        var guids = new List<string>();
        var rig = Rig(async w =>
        {
            guids.Add($"{w.NewGuid()}");
            guids.Add($"{w.NewGuid()}");
            return await step.CallAsync() + await step.CallAsync();
        });
        DropAtCommit(rig, 2);
        Drive(rig);
        Assert.Equal(3, _seen.Count);
        Assert.Equal(_seen[1], _seen[2]);
        Assert.NotEqual(_seen[0], _seen[1]);
        Assert.Empty(_seen.Intersect(guids));
    }

    [Fact]
    public void The_loggers_lines_appear_once()
    {
        var rig = Rig(async w =>
        {
            w.Logger.LogInformation("before");
            await w.StepAsync("a", One);
            w.Logger.LogInformation("between");
            await w.StepAsync("b", One);
            w.Logger.LogInformation("after");
            await w.StepAsync("c", One);
            return 1;
        });
        DropAtCommit(rig, 3);
        _seen.AddRange(Lines(rig));
        Assert.Equal(["before", "between", "after"], _seen);
        Drive(rig);
        // The code after the last checkpoint runs as for the first time: nothing tells whether its line was written.
        Assert.Equal(["before", "between", "after", "after"], Lines(rig));

        static IEnumerable<string> Lines(RunRig<int> rig) => rig.Log.Lines.Where(line => line.Category == "W").Select(line => line.Text);
    }

    [Fact]
    public void The_context_says_whether_it_is_replaying()
    {
        var rig = Rig(async w =>
        {
            _seen.Add($"{w.IsReplaying}");
            await w.StepAsync("a", One);
            _seen.Add($"{w.IsReplaying}");
            await w.StepAsync("b", One);
            _seen.Add($"{w.IsReplaying}");
            return 1;
        }, isUndisturbed: true);
        DropAtEnd(rig);
        Drive(rig);
        Assert.Equal(["False", "False", "False", "True", "True", "False"], _seen);
    }

    [Fact]
    public async Task The_loser_of_a_WhenAny_may_complete_later_and_replay_knows_the_same_winner()
    {
        var slow = new TaskCompletionSource<int>();
        var rig = Rig(async w =>
        {
            var loser = w.StepAsync("slow", _ => slow.Task);
            var winner = w.StepAsync("quick", One);
            var first = await Task.WhenAny(loser, winner);
            _seen.Add(first == winner ? "quick" : "slow");
            slow.TrySetResult(2);
            return await loser;
        }, isUndisturbed: true);
        DropAtEnd(rig);
        Drive(rig);
        Assert.Equal(2, await rig.ResultAsync());
        Assert.Equal(["quick", "quick"], _seen);
    }

    [Fact]
    public async Task The_loser_of_a_WhenAny_that_outlives_its_scope_does_not_look_diverged()
    {
        var slow = new TaskCompletionSource<int>();
        var rig = Rig(async w =>
        {
            Task<int> loser = null!;
            await w.ScopeAsync("s", async s =>
            {
                loser = LoserAsync(s);
                await Task.WhenAny(loser, s.StepAsync("quick", One));
            });
            slow.TrySetResult(2);
            return await loser;

            async Task<int> LoserAsync(WorkflowContext s) => await s.StepAsync("slow", _ => slow.Task) + await s.StepAsync("slower", One);
        }, awaitsOnlyDurableWork: true);
        DropAtEnd(rig);
        Drive(rig);
        Assert.Equal(3, await rig.ResultAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_scope_that_has_ended_takes_no_more_calls_the_first_time_as_on_replay(bool opensScope)
    {
        var rig = Rig(async w =>
        {
            WorkflowContext ended = null!;
            await w.ScopeAsync("s", s =>
            {
                ended = s;
                return s.StepAsync("a", One);
            });
            await w.StepAsync("b", One);
            try
            {
                return opensScope ? await ended.ScopeAsync("t", t => t.StepAsync("a", One)) : await ended.StepAsync("a", One);
            }
            catch (InvalidOperationException exception)
            {
                _seen.Add(exception.Message);
                return 7;
            }
        });
        DropAtEnd(rig);
        Drive(rig);
        Assert.Equal(7, await rig.ResultAsync());
        Assert.StartsWith($"Scope '/s' has ended, so {(opensScope ? "scope 't'" : "step 'a'")} cannot be called in it", Assert.Single(_seen.Distinct()));
    }

    [Fact]
    public async Task A_scope_that_no_longer_asks_for_a_checkpoint_quarantines_before_what_follows_it_starts()
    {
        var removed = false;
        var executed = new List<string>();
        var rig = Rig(async w =>
        {
            await w.ScopeAsync("s", async s =>
            {
                await s.StepAsync("a", One);
                if (!removed)
                    await s.StepAsync("b", One);
            });
            return await w.StepAsync("c", _ =>
            {
                executed.Add(removed ? "removed" : "as recorded");
                return Task.FromResult(1);
            });
        });
        DropAtCommit(rig, 3);
        removed = true;
        Drive(rig);
        Assert.Equal(RunStatus.Quarantined, await rig.StatusAsync());
        Assert.Contains("scope '/s' ended without asking for recorded checkpoints", (await rig.ErrorAsync()).Message);
        Assert.Equal(["as recorded"], executed);
    }

    private static int Reads<TResult>(RunRig<TResult> rig) => rig.Store.Verbs.Count(verb => verb == nameof(IRunStore.ReadCheckpointsAsync));
}
