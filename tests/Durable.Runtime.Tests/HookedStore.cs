using Durable.Storage;

namespace Durable.Runtime.Tests;

/// <summary>A store whose verbs a test can hold up or let fail, before they take effect or after.</summary>
internal sealed class HookedStore(IRunStore inner) : DelegatingStore(inner)
{
    private readonly Lock _gate = new();
    private readonly List<string> _verbs = [];
    private readonly List<RunCommit> _commits = [];
    private readonly HashSet<(string RunId, string StepId)> _stored = [];
    private readonly List<string> _outcomes = [];

    /// <summary>Runs before a verb, given its name and request; what it throws, the verb throws.</summary>
    public Func<string, object?, Task>? Before { get; set; }

    /// <summary>Runs after a verb took effect; what it throws, the verb throws.</summary>
    public Func<string, object?, Task>? After { get; set; }

    /// <summary>The verbs asked for, in order.</summary>
    public IReadOnlyList<string> Verbs
    {
        get
        {
            lock (_gate)
                return [.. _verbs];
        }
    }

    /// <summary>The commits that were tried, in order.</summary>
    public IReadOnlyList<RunCommit> Commits
    {
        get
        {
            lock (_gate)
                return [.. _commits];
        }
    }

    /// <summary>The runs whose outcome was stored, once for each time that happened.</summary>
    public IReadOnlyList<string> Outcomes
    {
        get
        {
            lock (_gate)
                return [.. _outcomes];
        }
    }

    /// <summary>True when the outcome of a step is stored, whether or not the worker knows.</summary>
    public bool Stored(string runId, string stepId)
    {
        lock (_gate)
            return _stored.Contains((runId, stepId));
    }

    /// <summary>Lets the next calls of a verb fail before they take effect.</summary>
    public void FailBefore(string verb, int times = 1) => Before = Failing(verb, times);

    /// <summary>Lets the next calls of a verb fail after they took effect.</summary>
    public void FailAfter(string verb, int times = 1) => After = Failing(verb, times);

    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        lock (_gate)
            _commits.Add(commit);
        return CallAsync(nameof(CommitAsync), commit, async () =>
        {
            var result = await Inner.CommitAsync(commit, cancellationToken);
            if (result == CommitResult.Committed)
                Note(commit);
            return result;
        });
    }

    // Several hosts share this store, and each of them disposes what its container made.
    public override ValueTask DisposeAsync() => default;

    protected override async ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call)
    {
        lock (_gate)
            _verbs.Add(verb);
        if (Before is { } before)
            await before(verb, request);
        var result = await call();
        if (After is { } after)
            await after(verb, request);
        return result;
    }

    private void Note(RunCommit commit)
    {
        lock (_gate)
        {
            foreach (var checkpoint in commit.Checkpoints)
                _stored.Add((commit.RunId, checkpoint.StepId));
            if (commit.Transition is { Status: not RunStatus.Pending })
                _outcomes.Add(commit.RunId);
        }
    }

    private static Func<string, object?, Task> Failing(string verb, int times) => (called, _) =>
        called == verb && Interlocked.Decrement(ref times) >= 0 ? throw new StoreException($"{verb} fails on purpose.") : Task.CompletedTask;
}
