using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>What runs show the outside. Inside the writer's transaction.</summary>
internal sealed class SqliteOutputs(Func<string, SqliteStatement> prepare, SqliteRows rows)
{
    private readonly SqliteMessageRows _messages = new(rows);
    private readonly LateStatement _find = new(prepare, SqliteMessageSql.FindPublishedByNumber);
    private readonly LateStatement _publish = new(prepare, SqliteMessageSql.Publish);
    private readonly LateStatement _lastItem = new(prepare, SqliteMessageSql.LastItem);
    private readonly LateStatement _append = new(prepare, SqliteMessageSql.AppendItem);

    public void Publish(long run, string runId, NamedPayload value, DateTimeOffset now)
    {
        var published = new PublishedRecord(LastVersion(run, runId, value.Name) + 1, now, value.Payload);
        var publish = _publish.Value;
        publish.Bind(1, run);
        publish.Bind(2, value.Name);
        publish.Bind(3, published.Version);
        publish.Bind(4, now);
        publish.Bind(5, published.Payload);
        publish.Bind(6, RowChecksum.OfPublished(run, value.Name, published));
        publish.Execute();
    }

    public void Append(long run, NamedPayload item, DateTimeOffset now)
    {
        var last = _lastItem.Value;
        last.Bind(1, run);
        last.Bind(2, item.Name);
        var appended = new StreamRecord(last.Read() ? last.Long(0) + 1 : 0, now, item.Payload);
        last.Reset();
        var append = _append.Value;
        append.Bind(1, run);
        append.Bind(2, item.Name);
        append.Bind(3, appended.Offset);
        append.Bind(4, now);
        append.Bind(5, appended.Payload);
        append.Bind(6, RowChecksum.OfItem(run, item.Name, appended));
        append.Execute();
    }

    private long LastVersion(long run, string runId, string key)
    {
        var find = _find.Value;
        find.Bind(1, run);
        find.Bind(2, key);
        if (!find.Read())
            return 0;
        try
        {
            return _messages.Published(find, runId).Version;
        }
        finally
        {
            find.Reset();
        }
    }
}
