using System.Runtime.InteropServices;

namespace Durable.Storage;

/// <summary>The runs in the orders in which operators ask for them. Its owner holds the store's lock.</summary>
internal sealed class InMemoryIndex
{
    // Up to this part of all runs, ids that match a prefix are collected and sorted. More of them are soon met on the way through the listing.
    private const int CollectedPart = 10;
    private const int AlwaysCollected = 1_000;

    private static readonly RunPosition s_first = new(DateTimeOffset.MinValue, "");
    private static readonly RunPosition s_behindAll = new(DateTimeOffset.MaxValue, "\U0010FFFF");

    private readonly Dictionary<(string Workflow, RunStatus Status), InMemorySortedRuns<RunPosition>> _byCreation = [];
    private readonly Dictionary<RunStatus, InMemorySortedRuns<(DateTimeOffset EndedAt, long Number)>> _byEnd = [];
    private readonly InMemorySortedRuns<string> _byId = new(StringComparer.Ordinal);

    public void Add(InMemoryRun run)
    {
        _byId.Add(run.RunId, run);
        ListOf(_byCreation, (run.Workflow.Name, run.Status)).Add(run.Position, run);
        if (run.EndedAt is { } endedAt)
            ListOf(_byEnd, run.Status).Add((endedAt, run.Number), run);
    }

    public void Remove(InMemoryRun run)
    {
        _byId.Remove(run.RunId);
        ListOf(_byCreation, (run.Workflow.Name, run.Status)).Remove(run.Position);
        if (run.EndedAt is { } endedAt)
            ListOf(_byEnd, run.Status).Remove((endedAt, run.Number));
    }

    /// <summary>The runs that meet the query, newest first, found as they are asked for.</summary>
    public IEnumerable<InMemoryRun> List(RunQuery query)
    {
        if (string.IsNullOrEmpty(query.RunIdPrefix))
            return Walk(query);
        var named = _byId.UpFrom(query.RunIdPrefix).TakeWhile(HasPrefix);
        var few = named.Take(Math.Max(AlwaysCollected, _byId.Count / CollectedPart) + 1).ToList();
        if (few.Count > Math.Max(AlwaysCollected, _byId.Count / CollectedPart))
            return Walk(query).Where(HasPrefix);
        var (below, last) = Range(query);
        return few.Where(run => Meets(query, run.Workflow.Name, run.Status) && run.Position.CompareTo(below) < 0 && run.Position.CompareTo(last) >= 0)
            .OrderByDescending(run => run.Position);

        bool HasPrefix(InMemoryRun run) => run.RunId.StartsWith(query.RunIdPrefix, StringComparison.Ordinal);
    }

    /// <summary>The runs with one of the statuses that ended no later than a time, oldest end first, then in the order of creation.</summary>
    public IEnumerable<InMemoryRun> Ended(IReadOnlyCollection<RunStatus> statuses, DateTimeOffset until, Func<InMemoryRun, bool> isMeant)
        => statuses.Distinct()
            .SelectMany(status => ListOf(_byEnd, status).TakeWhile(run => run.EndedAt <= until).Where(isMeant).Take(DurableLimits.MaxPurgeBatch))
            .OrderBy(run => run.EndedAt)
            .ThenBy(run => run.Number);

    // Each list is in order; the newest of their heads is the next of all.
    private IEnumerable<InMemoryRun> Walk(RunQuery query)
    {
        var (below, last) = Range(query);
        var heads = new PriorityQueue<IEnumerator<InMemoryRun>, RunPosition>(Comparer<RunPosition>.Create(static (left, right) => right.CompareTo(left)));
        foreach (var ((workflow, status), list) in _byCreation)
        {
            if (Meets(query, workflow, status))
                Advance(list.DownFrom(below, last).GetEnumerator());
        }

        while (heads.TryDequeue(out var head, out _))
        {
            yield return head.Current;
            Advance(head);
        }

        void Advance(IEnumerator<InMemoryRun> list)
        {
            if (list.MoveNext())
                heads.Enqueue(list, list.Current.Position);
        }
    }

    private static (RunPosition Below, RunPosition Last) Range(RunQuery query)
    {
        // No id is empty, so that this position lies before all runs of its instant.
        var until = query.CreatedUntil is { } time ? new RunPosition(time, "") : s_behindAll;
        var below = query.After is { } after && after.CompareTo(until) < 0 ? after : until;
        return (below, query.CreatedFrom is { } from ? new RunPosition(from, "") : s_first);
    }

    private static bool Meets(RunQuery query, string workflow, RunStatus status)
        => (query.Workflow is null || query.Workflow == workflow) && (query.Statuses.Count == 0 || query.Statuses.Contains(status));

    private static InMemorySortedRuns<TOrder> ListOf<TKey, TOrder>(Dictionary<TKey, InMemorySortedRuns<TOrder>> lists, TKey key) where TKey : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        return list ??= new InMemorySortedRuns<TOrder>(Comparer<TOrder>.Default);
    }
}
