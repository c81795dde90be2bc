using Durable.Hosting;
using Durable.Storage;
using Durable.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Failure;

/// <summary>A run that is about to be suspended for an hour, while on another thread an outcome is stored that lets it go on.</summary>
public sealed class SuspensionRaceTests
{
    private static readonly RetryPolicy s_anHour = new() { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None };

    [Fact]
    public void An_outcome_that_is_stored_at_any_moment_of_the_decision_is_delivered_without_waiting()
    {
        // The clock is asked at each step of the decision: at the first, the second ... of these moments.
        var moment = 1;
        while (GoesOn(moment) is { } goesOn)
        {
            Assert.True(goesOn, $"Suspended although something was stored, at moment {moment}.");
            moment++;
        }

        Assert.True(moment > 3, "VOID: the clock was hardly asked.");
    }

    // Null where the clock was asked less often.
    private static bool? GoesOn(int moment)
    {
        var (threads, clock) = (new TwoThreads(), new AskedClock());
        var (ends, stored) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (holds, wentOn) = (false, false);
        var failing = TestStep.Define<string, string>("Fail", (_, _) => throw new IOException("down"), s_anHour);
        var slow = TestStep.Define<string, string>("Slow", async (_, _) =>
        {
            await ends.Task;
            return "slow";
        });
        var next = TestStep.Define<string, string>("Next", (_, _) =>
        {
            wentOn = true;
            return Task.FromResult("next");
        });
        var workflow = TestWorkflow.Define("Race", async _ =>
        {
            var failed = failing.CallAsync("x");
            await slow.CallAsync("x");
            await next.CallAsync("x");
            return await failed;
        }, awaitsOnlyDurableWork: true);
        var host = threads.Run(() => DurableHost.StartAsync(durable =>
        {
            durable.UseInMemory().AddModule(new TestModule(workflow)).DecorateStore((_, store) => new HeldStore(store, () => holds ? stored.Task : Task.CompletedTask));
            durable.Services.AddSingleton(new EngineSeams(threads, () => Guid.Empty)).AddSingleton<TimeProvider>(clock);
        }));
        threads.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        holds = true;
        clock.At(moment, () =>
        {
            stored.SetResult();
            threads.RunOnOther();
        });
        threads.Run(() =>
        {
            ends.SetResult();
            return Task.FromResult(true);
        });
        return stored.Task.IsCompleted ? wentOn : null;
    }

    // What is committed is stored at once and answered later.
    private sealed class HeldStore(IRunStore inner, Func<Task> until) : DelegatingStore(inner)
    {
        public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        {
            var result = await Inner.CommitAsync(commit, cancellationToken);
            await until();
            return result;
        }
    }

    private sealed class AskedClock : TimeProvider
    {
        private readonly ManualClock _clock = new();
        private int _left;
        private Action? _then;

        public void At(int moment, Action then) => (_left, _then) = (moment, then);

        public override long TimestampFrequency => _clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _clock.CreateTimer(callback, state, dueTime, period);

        public override long GetTimestamp()
        {
            if (_then is { } then && --_left == 0)
            {
                _then = null;
                then();
            }

            return _clock.GetTimestamp();
        }
    }

    /// <summary>Runs work in the order in which it comes; in the midst of it, another thread may do what waits.</summary>
    private sealed class TwoThreads : TaskScheduler
    {
        private readonly Queue<Task> _due = new();

        public T Run<T>(Func<Task<T>> work)
        {
            var done = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
            var callers = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            RunAll();
            SynchronizationContext.SetSynchronizationContext(callers);
            return done.IsCompleted ? done.GetAwaiter().GetResult() : throw new InvalidOperationException("The work stands still.");
        }

        public void RunOnOther()
        {
            var other = new Thread(RunAll);
            other.Start();
            other.Join();
        }

        protected override void QueueTask(Task task) => _due.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [.. _due];

        private void RunAll()
        {
            while (_due.TryDequeue(out var task))
                TryExecuteTask(task);
        }
    }
}
