using Durable.Storage;
using SQLitePCL;

namespace Durable.Sqlite;

/// <summary>What can be read of messages, requests and values over one reading connection.</summary>
internal sealed class SqliteMessageReads(sqlite3 database, SqliteRows rows) : IDisposable
{
    private readonly SqliteMessageRows _rows = new(rows);
    private readonly SqliteStatement _readInbox = new(database, SqliteMessageSql.ReadInbox);
    private readonly SqliteStatement _findRequest = new(database, SqliteMessageSql.FindRequest);
    private readonly SqliteStatement _listRequests = new(database, SqliteMessageSql.ListRequests);
    private readonly SqliteStatement _listRequestsOfRun = new(database, SqliteMessageSql.ListRequestsOfRun);
    private readonly SqliteStatement _findPublished = new(database, SqliteMessageSql.FindPublished);
    private readonly SqliteStatement _readStream = new(database, SqliteMessageSql.ReadStream);

    public IReadOnlyList<InboxMessage> ReadInbox(string runId, long after)
    {
        _readInbox.Bind(1, runId);
        _readInbox.Bind(2, after);
        var messages = new List<InboxMessage>();
        while (_readInbox.Read())
            messages.Add(_rows.Message(_readInbox, runId));
        return messages;
    }

    public RequestRecord? FindRequest(string requestId)
    {
        _findRequest.Bind(1, requestId);
        if (!_findRequest.Read())
            return null;
        var request = _rows.SoundRequest(_findRequest).Record;
        _findRequest.Reset();
        return request;
    }

    /// <summary>Open requests. One that is damaged is left out: it does not hide the others, and who asks for it by its id is told.</summary>
    public IReadOnlyList<RequestRecord> ListRequests(RequestQuery query)
    {
        var list = query.RunId is null ? _listRequests : _listRequestsOfRun;
        list.Bind(1, query.After?.CreatedAt.UtcTicks ?? long.MinValue);
        list.Bind(2, query.After?.RequestId ?? "");
        if (query.Name is { } name)
            list.Bind(3, name);
        else
            list.BindNull(3);
        if (query.RunId is { } runId)
            list.Bind(4, runId);
        var requests = new List<RequestRecord>();
        while (requests.Count < query.Max && list.Read())
        {
            if (SqliteMessageRows.Request(list) is { IsSound: true, Record: { } request })
                requests.Add(request);
        }

        list.Reset();
        return requests;
    }

    public PublishedRecord? FindPublished(string runId, string key)
    {
        _findPublished.Bind(1, runId);
        _findPublished.Bind(2, key);
        if (!_findPublished.Read())
            return null;
        var value = _rows.Published(_findPublished, runId);
        _findPublished.Reset();
        return value;
    }

    public IReadOnlyList<StreamRecord> ReadStream(string runId, string stream, long from, int max)
    {
        _readStream.Bind(1, runId);
        _readStream.Bind(2, stream);
        _readStream.Bind(3, from);
        // Below zero SQLite takes for no limit.
        _readStream.Bind(4, Math.Max(max, 0));
        var items = new List<StreamRecord>();
        while (_readStream.Read())
            items.Add(_rows.Item(_readStream, runId, stream));
        return items;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_readInbox, _findRequest, _listRequests, _listRequestsOfRun, _findPublished, _readStream])
            statement.Dispose();
    }
}
