namespace Durable.Storage;

/// <summary>The requests of all runs of the in-memory store. Its owner holds the store's lock.</summary>
internal sealed class InMemoryRequests
{
    private readonly Dictionary<string, RequestRecord> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<RequestPosition, RequestRecord> _open = [];
    private readonly Dictionary<string, List<string>> _byRun = new(StringComparer.Ordinal);

    public RequestRecord? Find(string requestId) => _byId.GetValueOrDefault(requestId);

    public IEnumerable<RequestRecord> List(RequestQuery query) => _open.Values
        .Where(request => (query.After is not { } after || request.Position.CompareTo(after) > 0) && (query.RunId ?? request.RunId) == request.RunId && (query.Name ?? request.Name) == request.Name)
        .Take(query.Max);

    public void Open(string runId, NewRequest request, DateTimeOffset now)
    {
        if (_byId.ContainsKey(request.RequestId))
            return;
        Set(MessageRules.Open(runId, request, now));
        if (!_byRun.TryGetValue(runId, out var ids))
            _byRun.Add(runId, ids = []);
        ids.Add(request.RequestId);
    }

    public void Answer(string requestId) => Set(_byId[requestId] with { State = RequestState.Answered });

    public void Heartbeat(string requestId, DateTimeOffset now)
    {
        if (_byId[requestId] is { HeartbeatTimeout: { } timeout } request)
            Set(request with { HeartbeatDueAt = CommitRules.DueAt(now, timeout) });
    }

    public void Close(string runId, IEnumerable<string> requestIds)
    {
        foreach (var id in requestIds)
        {
            if (Find(id) is { State: RequestState.Open } request && request.RunId == runId)
                Set(request with { State = RequestState.Closed });
        }
    }

    public void CloseAll(string runId) => Close(runId, _byRun.GetValueOrDefault(runId) ?? []);

    public void Forget(string runId)
    {
        if (!_byRun.Remove(runId, out var ids))
            return;
        foreach (var id in ids)
        {
            if (_byId.Remove(id, out var request))
                _open.Remove(request.Position);
        }
    }

    private void Set(RequestRecord request)
    {
        _byId[request.RequestId] = request;
        if (request.State == RequestState.Open)
            _open[request.Position] = request;
        else
            _open.Remove(request.Position);
    }
}
