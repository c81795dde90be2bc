namespace Durable;

/// <summary>How a worker and its runs behave. Every duration is a <see cref="TimeSpan"/>; values are checked when the host starts.</summary>
public sealed class DurableOptions
{
    /// <summary>How many runs this worker executes at once. Default 64; 1 to 10,000.</summary>
    public int MaxConcurrentRuns { get; set; } = 64;

    /// <summary>How long a claim holds without being renewed. Default 30 s; 1 s to 1 h. It is renewed at a third, and given up at two thirds when renewing fails.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the store is asked for runs that nobody announced. Default 1 s; 10 ms to 1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a shutdown waits for running step bodies before it cancels their tokens. Default 20 s; 0 to 10 min.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a replay may stand still (nothing running, a recorded checkpoint that the code does not ask for) before it counts as diverged. Default 1 min; 10 ms to 1 h.
    /// Only workflows that also await foreign work are given this time; the others are decided at once.
    /// </summary>
    public TimeSpan ReplayStallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The longest delay between two attempts that is waited for in memory. A longer one suspends the run: it leaves memory, takes no worker's place, and goes on when the delay has passed. Default 10 s; 0 to 1 h.
    /// </summary>
    public TimeSpan MaxInMemoryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a run that also awaits foreign work must have been quiet before it is suspended; what foreign work it then awaits is cut off and runs again. Default 5 s; 10 ms to 1 h.
    /// A workflow that awaits nothing but durable work, which the build proves, is suspended at once.
    /// </summary>
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the next attempt waits for the body of one whose <see cref="RetryPolicy.AttemptTimeout"/> has passed. Default 30 s; 0 to 1 h. A body that returns later is not listened to.</summary>
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often in a row the process that executes a run may die, or lose it, before it has stored anything of it: then the run is quarantined and executes no more until it is resumed. Default 10; 2 to 1,000.
    /// From the third time on (from the last one before the limit, where that comes first) the run executes alone in its process.
    /// </summary>
    public int PoisonLimit { get; set; } = 10;

    /// <summary>How long a run that executes alone, because processes died while they held it, keeps the others waiting at most. Default 5 min; 1 s to 1 h. It need not that long: once something of it is stored, the others go on.</summary>
    public TimeSpan IsolationTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long on one turn of workflow code the watchdog reports a blocking wait. Default 5 s; 10 ms to 1 h.</summary>
    public TimeSpan BlockingWaitThreshold { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What happens when another build calls a recorded step with other arguments. Default <see cref="ArgumentMismatch.UseStored"/>. The same build always diverges.</summary>
    public ArgumentMismatch OnArgumentMismatch { get; set; } = ArgumentMismatch.UseStored;

    /// <summary>True to store each step's arguments with its checkpoint, for the reader of the history. What is marked <see cref="SensitiveAttribute"/> is masked and never stored there. Default false.</summary>
    public bool RecordArguments { get; set; }

    /// <summary>Names the build of the workflow code; null (default) for a value derived from the module version ids of the assemblies with workflows and steps. At most 100 characters.</summary>
    public string? BuildId { get; set; }

    /// <summary>Names this worker in leases and logs; null (default) for machine name and process id. At most 100 characters.</summary>
    public string? WorkerName { get; set; }
}

/// <summary>What happens when another build calls a recorded step with other arguments.</summary>
public enum ArgumentMismatch
{
    /// <summary>The stored outcome is used; log and history say so.</summary>
    UseStored = 0,

    /// <summary>The run is quarantined.</summary>
    Quarantine = 1,
}
