using Durable.Execution;

namespace Durable.Workers;

/// <summary>
/// Lets suspected runs (<see cref="Poison"/>) execute alone, one after the other: nothing else is held by then, so that a death counts for nobody else, and the runs that shared a process with the one that kills go on.
/// Belongs to the worker's claiming, which stands still meanwhile.
/// </summary>
internal sealed class Isolation(Engine engine, Worker worker)
{
    private static readonly TimeSpan s_firstPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_maxPatience = TimeSpan.FromMinutes(10);

    private TimeSpan _patience = s_firstPatience;
    private HeldRun? _last;
    private int _givenBack;

    /// <summary>How many runs the next claim may bring. One, while suspects wait that would only be given back again.</summary>
    public int MaxClaimed => _givenBack > 0 ? 1 : int.MaxValue;

    // A suspect whose time alone is over still goes on, without having stored anything. Two of them never share the process: else the one that kills would count for the other up to the limit.
    private bool IsOccupied => _last is { Ended.IsCompleted: false, Incarnation.FirstOutcome.IsCompleted: false };

    /// <summary>Executes the runs that a claim brought. Where one of them is suspected, it executes first, and this returns when others may go on.</summary>
    /// <param name="claimed">Runs that are held and do not execute yet.</param>
    /// <param name="stopping">Canceled when the worker stops: its runs are told to be given back.</param>
    public async Task ExecuteAsync(IReadOnlyList<HeldRun> claimed, CancellationToken stopping)
    {
        if (_givenBack > 0)
            _givenBack = claimed.Count == 0 ? 0 : _givenBack - 1;
        var suspect = Choose(claimed);
        foreach (var run in claimed)
        {
            if (run != suspect)
                worker.Execute(run);
        }

        if (suspect is null)
            return;
        var isAlone = await EmptyAsync(suspect, stopping);
        worker.Execute(suspect);
        if (!isAlone)
            return;
        _last = suspect;
        await engine.WaitQuietlyAsync(Task.WhenAny(suspect.Ended, suspect.Incarnation.FirstOutcome), engine.Options.IsolationTime, stopping);
        if (!IsOccupied)
        {
            _last = null;
            Log.IsolationEnded(engine.Log, suspect.Lease.RunId);
        }
        else if (!stopping.IsCancellationRequested)
        {
            Log.IsolationPassed(engine.Log, suspect.Lease.RunId, engine.Options.IsolationTime);
        }
    }

    // What a claim brought besides the suspect has not begun: it is given back unread.
    private HeldRun? Choose(IReadOnlyList<HeldRun> claimed)
    {
        var suspects = claimed.Where(static run => run.IsSuspected).ToList();
        if (suspects.Count == 0)
            return null;
        if (IsOccupied)
        {
            suspects.ForEach(static run => run.Incarnation.PutOff(s_firstPatience));
            return null;
        }

        foreach (var run in claimed)
        {
            if (run != suspects[0])
                run.Incarnation.Drain();
        }

        _givenBack += suspects.Count - 1;
        return suspects[0];
    }

    // The suspect is held meanwhile. If others take too long it is put off, each time for longer, and they are given more time with each try: neither starves.
    private async Task<bool> EmptyAsync(HeldRun suspect, CancellationToken stopping)
    {
        var others = worker.Held().Where(run => run != suspect).ToList();
        if (others.Count > 0)
            Log.IsolationAwaited(engine.Log, suspect.Lease.RunId, others.Count);
        others.ForEach(static run => run.Incarnation.Drain());
        await engine.WaitQuietlyAsync(Task.WhenAll(others.Select(static run => run.Ended)), _patience, stopping);
        var left = others.Count(static run => !run.Ended.IsCompleted);
        if (stopping.IsCancellationRequested)
        {
            suspect.Incarnation.Drain();
            return false;
        }

        if (left > 0)
        {
            Log.IsolationPutOff(engine.Log, suspect.Lease.RunId, left, _patience);
            suspect.Incarnation.PutOff(_patience);
            _patience = _patience * 2 < s_maxPatience ? _patience * 2 : s_maxPatience;
            return false;
        }

        Log.IsolationBegan(engine.Log, suspect.Lease.RunId);
        _patience = s_firstPatience;
        return true;
    }
}
