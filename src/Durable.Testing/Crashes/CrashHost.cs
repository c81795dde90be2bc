using System.Runtime.ExceptionServices;
using Durable.Execution;
using Durable.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable.Testing.Crashes;

/// <summary>One host of an execution, on the calling thread: a queue of work and a clock of its own, so that nothing of it goes on once it is dead.</summary>
internal sealed class CrashHost : IBodyProbe
{
    // Enough for everything that an engine on its own waits for; nothing happens later that would not have happened by then.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(20);

    private readonly CrashTrial _trial;
    private readonly SimulationScheduler _scheduler;
    private readonly HostClock _clock = new();
    private readonly Dictionary<string, int> _running = [];
    private TimeSpan _waited;
    private long _active;
    private DurableHost? _host;

    public CrashHost(CrashTrial trial, int number)
    {
        _trial = trial;
        Number = number;
#pragma warning disable RS0030 // A seeded Random repeats; this is the randomness that is injected elsewhere.
        _scheduler = new SimulationScheduler(trial.Subject.Options.Seed is { } seed ? new Random(seed + number) : null);
#pragma warning restore RS0030
        _clock.Advance(trial.Elapsed);
    }

    /// <summary>Which host of its execution it is, from 1.</summary>
    public int Number { get; }

    public bool IsDead { get; private set; }

    public void Note(string what) => _trial.Note(Number, what);

    /// <summary>Moves this host's clock.</summary>
    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>Starts what is not started yet, and executes until nothing is left to do.</summary>
    public HostEnd Run()
    {
        var work = Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
        _active = TimeProvider.System.GetTimestamp();
        while (true)
        {
            RunDue();
            if (IsDead)
                return HostEnd.Died;
            if (work.IsFaulted)
                ExceptionDispatchInfo.Throw(work.Exception.InnerException!);
            if (work.IsCompleted && _trial.HaveAllEnded)
                break;
            if (!Wait())
                return HostEnd.StoodStill;
        }

        Stop();
        return HostEnd.Finished;
    }

    /// <summary>The host comes to a point; does not return where it dies.</summary>
    public ValueTask ReachAsync(CrashMoment moment, string? body = null)
    {
        if (IsDead)
            return Never();
        if (!_trial.Reach(moment, body, out var point))
            return default;
        Note($"dies {point}");
        IsDead = true;
        return Never();
    }

    /// <summary>Does not return in a dead host.</summary>
    public ValueTask AliveAsync() => IsDead ? Never() : default;

    /// <summary>The bodies that have started and not ended, for a message.</summary>
    public string DescribeRunning() => _running.Count == 0 ? "no body is running" : $"running: {string.Join(", ", _running.Keys)}";

    async ValueTask IBodyProbe.StartsAsync(StepContext step, long fingerprint)
    {
        var body = _trial.Subject.NameBody(step.RunId, step.StepId);
        await ReachAsync(CrashMoment.BeforeBody, body);
        Note($"body {body} starts");
        if (_trial.BodyStarts(step, fingerprint))
        {
            _running[body] = _running.GetValueOrDefault(body) + 1;
            return;
        }

        await Never();
    }

    async ValueTask IBodyProbe.EndsAsync(StepContext step)
    {
        var body = _trial.Subject.NameBody(step.RunId, step.StepId);
        await AliveAsync();
        if (--_running[body] == 0)
            _running.Remove(body);
        Note($"body {body} ends");
        await ReachAsync(CrashMoment.InsideBody, body);
    }

    private static ValueTask Never() => new(new TaskCompletionSource().Task);

    private async Task WorkAsync()
    {
        // What failed before this host was deployed, not what fails in it.
        var resumable = _trial.Ledgers.Where(_trial.MayResume).ToList();
        _host = await DurableHost.StartAsync(Configure);
        foreach (var ledger in _trial.Ledgers)
        {
            if (!ledger.IsAcknowledged)
            {
                // A client that got no answer asks again.
                await _host.Client.StartAsync(ledger.Call!, ledger.RunId);
                ledger.IsAcknowledged = true;
            }

            if (resumable.Contains(ledger))
                await _host.Client.GetRun(ledger.RunId).ResumeAsync(acceptDivergence: ledger.End == RunStatus.Quarantined);
        }
    }

    private void Configure(DurableBuilder durable)
    {
        _trial.World.Configure(durable);
        // The sweep compares what is stored, which a cipher makes another with each execution.
        durable.LeaveOutPayloadCodecs();
        durable.UseStore(_ => new CrashableStore(_trial.Store, this, _trial));
        durable.Services.RemoveAll<TimeProvider>();
        durable.Services.AddSingleton<TimeProvider>(_clock);
        durable.Services.AddSingleton(new EngineSeams(_scheduler, () => new Guid(Number, 0, 0, new byte[8])) { Bodies = this });
    }

    private void RunDue()
    {
        while (!IsDead && !_scheduler.IsIdle)
            _scheduler.RunOne();
    }

    // Nothing is due. True when something may be again: other threads brought work, or time has moved.
    private bool Wait()
    {
        if (_trial.IsHolding && (_trial.AwaitsOnlyDurableWork || _waited > s_longestWait))
            return false;
        if (_running.Count > 0 || !_trial.AwaitsOnlyDurableWork)
        {
            if (TimeProvider.System.GetElapsedTime(_active) > _trial.Subject.Options.Patience)
                return false;
            // What waits for other threads is given real time for it.
            if (!_clock.HasBodyTimers && _scheduler.WaitForWork(s_moment))
            {
                _active = TimeProvider.System.GetTimestamp();
                return true;
            }
        }
        else if (_waited > s_longestWait)
        {
            return false;
        }

        if (_trial.UntilNextWake() is { } left && left > s_step)
        {
            // Nothing is to be seen until then, however long that is.
            _waited = TimeSpan.Zero;
            _trial.Advance(left, this);
            return true;
        }

        _waited += s_step;
        _trial.Advance(s_step, this);
        return true;
    }

    // As a process that ends on its own would; what does not end at once is left behind.
    private void Stop()
    {
        _ = Task.Factory.StartNew(() => _host!.DisposeAsync().AsTask(), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
        RunDue();
        IsDead = true;
    }
}

/// <summary>What became of a host.</summary>
internal enum HostEnd
{
    /// <summary>It died where it was told to.</summary>
    Died,

    /// <summary>Its runs have ended.</summary>
    Finished,

    /// <summary>It lives, and its runs do not come to an end.</summary>
    StoodStill,
}
