using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>The requests of runs. Inside the writer's transaction.</summary>
internal sealed class SqliteRequests(Func<string, SqliteStatement> prepare, SqliteRows rows)
{
    private readonly SqliteMessageRows _messages = new(rows);
    private readonly LateStatement _find = new(prepare, SqliteMessageSql.FindRequest);
    private readonly LateStatement _openOfRun = new(prepare, SqliteMessageSql.OpenRequestsOfRun);
    private readonly LateStatement _add = new(prepare, SqliteMessageSql.AddRequest);
    private readonly LateStatement _set = new(prepare, SqliteMessageSql.SetRequest);

    /// <summary>The request, or null.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public StoredRequest? Find(string requestId)
    {
        var find = _find.Value;
        find.Bind(1, requestId);
        if (!find.Read())
            return null;
        try
        {
            return _messages.SoundRequest(find);
        }
        finally
        {
            find.Reset();
        }
    }

    public void Open(long run, string runId, NewRequest request, DateTimeOffset now)
    {
        var record = MessageRules.Open(runId, request, now);
        var add = _add.Value;
        add.Bind(1, record.RequestId);
        add.Bind(2, run);
        add.Bind(3, record.Name);
        add.Bind(4, record.CreatedAt);
        add.Bind(5, record.DueAt?.UtcTicks);
        add.Bind(6, record.HeartbeatTimeout?.Ticks);
        add.Bind(7, record.HeartbeatDueAt?.UtcTicks);
        add.Bind(8, record.Payload);
        add.Bind(9, RowChecksum.OfRequest(run, record));
        add.Execute();
    }

    public void Close(long run, string requestId)
    {
        if (Find(requestId) is { Record.State: RequestState.Open } request && request.RunNumber == run)
            Set(request, request.Record with { State = RequestState.Closed });
    }

    /// <summary>Closes all open requests of a run, also one that is damaged: it is no longer asked, and stays damaged.</summary>
    public void CloseAll(long run)
    {
        var open = _openOfRun.Value;
        open.Bind(1, run);
        var requests = new List<StoredRequest>();
        while (open.Read())
            requests.Add(SqliteMessageRows.Request(open));
        foreach (var request in requests)
            Set(request, request.Record is { } record ? record with { State = RequestState.Closed } : null);
    }

    public void Set(StoredRequest found, RequestRecord? written)
    {
        var set = _set.Value;
        set.Bind(1, found.Number);
        set.Bind(2, (long)(written?.State ?? RequestState.Closed));
        set.Bind(3, written?.HeartbeatDueAt?.UtcTicks);
        // What is damaged gets no checksum that fits.
        set.Bind(4, found.IsSound && written is not null ? RowChecksum.OfRequest(found.RunNumber, written) : found.Checksum);
        set.Execute();
    }
}
