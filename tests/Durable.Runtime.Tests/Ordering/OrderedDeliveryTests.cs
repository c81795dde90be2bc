using Durable.Execution;
using Durable.Storage;

namespace Durable.Runtime.Tests.Ordering;

/// <summary>The promise that replay rests on: completions are delivered to the code in one order, on the first run and on every replay.</summary>
public sealed class OrderedDeliveryTests
{
    private const int Programs = 200;

    [Fact]
    public void Programs_that_are_dropped_and_replayed_see_the_same_values_ids_and_interleaving_as_before()
    {
        ForEachSeed(seed =>
        {
            var program = Ran(seed);
            var last = program.Traces[^1];
            foreach (var dropped in program.Traces)
                Assert.Equal(dropped, last.Take(dropped.Count));
            Assert.InRange(program.Traces.Count, 2, 4);
        });
    }

    [Fact]
    public void The_history_of_a_finished_program_replays_to_the_same_trace_without_executing_a_body()
    {
        ForEachSeed(seed =>
        {
            var program = Ran(seed);
            var executions = program.Executions;
            var (trace, status) = program.Replay(program.History);
            Assert.Equal(RunStatus.Completed, status);
            Assert.Equal(program.Traces[^1], trace);
            Assert.Equal(executions, program.Executions);
        });
    }

    [Fact]
    public void No_call_ever_gets_the_result_of_another_branch()
    {
        ForEachSeed(seed => Assert.DoesNotContain(Ran(seed).Traces.SelectMany(trace => trace), line => line.Contains("WHICH IS THE RESULT OF", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lookup_style_delivery_would_be_seen_by_these_tests()
    {
        var differing = 0;
        ForEachSeed(seed =>
        {
            var program = Ran(seed);
            var (trace, status) = program.Replay(program.InOrderOfCalls());
            if (status == RunStatus.Completed && !trace.SequenceEqual(program.Traces[^1]))
                differing++;
        });
        Assert.InRange(differing, Programs / 4, Programs);
    }

    [Fact]
    public void Programs_that_fail_and_are_resumed_never_look_diverged()
    {
        var completed = 0;
        ForEachSeed(seed =>
        {
            var status = new SimulatedProgram(seed, mayFail: true).RunAndResume();
            Assert.True(status is RunStatus.Completed or RunStatus.Failed, $"{status}");
            if (status == RunStatus.Completed)
                completed++;
        });
        Assert.InRange(completed, Programs / 2, Programs);
    }

    [Fact]
    public async Task Programs_on_real_threads_replay_what_they_saw()
    {
        for (var seed = 1; seed <= Programs; seed++)
        {
            try
            {
                await new ThreadedProgram(seed).RunAndCheckAsync();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} (on real threads, so it may not fail again)", exception);
            }
        }
    }

    private static SimulatedProgram Ran(int seed)
    {
        var program = new SimulatedProgram(seed);
        program.Run();
        return program;
    }

    private static void ForEachSeed(Action<int> check)
    {
        for (var seed = 1; seed <= Programs; seed++)
        {
            try
            {
                check(seed);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}", exception);
            }
        }
    }
}
