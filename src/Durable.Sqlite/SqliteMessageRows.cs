using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>Rows as messages, requests and values, by the column order of <see cref="SqliteMessageSql"/>, and whether they are what was written.</summary>
/// <param name="rows">Says what is damaged.</param>
internal sealed class SqliteMessageRows(SqliteRows rows)
{
    /// <summary>The statement's message.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public InboxMessage Message(SqliteStatement row, string runId) => Sound(runId, $"message {row.Long(0)}", row, 7, () =>
    {
        var message = new InboxMessage
        {
            Position = row.Long(0),
            Kind = (InboxMessageKind)row.Int(1),
            Name = row.Text(2),
            SentAt = row.Time(3),
            Payload = row.Payload(4),
            Error = row.Payload(5),
        };
        return (message, RowChecksum.OfMessage(row.Long(6), message));
    });

    /// <summary>The statement's request.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public StoredRequest SoundRequest(SqliteStatement row)
        => Request(row) is { IsSound: true } request ? request : throw rows.Damaged(row.TextAsFarAsReadable(1), $"request '{row.TextAsFarAsReadable(0)}'");

    /// <summary>The statement's request, as far as it can be read.</summary>
    public static StoredRequest Request(SqliteStatement row)
    {
        var (number, run, checksum) = (row.Long(9), row.Long(10), row.Int(11));
        try
        {
            var record = new RequestRecord
            {
                RequestId = row.Text(0),
                RunId = row.Text(1),
                Name = row.Text(2),
                State = (RequestState)row.Int(3),
                Payload = row.Payload(4),
                CreatedAt = row.Time(5),
                DueAt = row.TimeOrNull(6),
                HeartbeatTimeout = row.LongOrNull(7) is { } heartbeat ? TimeSpan.FromTicks(heartbeat) : null,
                HeartbeatDueAt = row.TimeOrNull(8),
            };
            return new StoredRequest(number, run, record, checksum == RowChecksum.OfRequest(run, record), checksum);
        }
        catch (ArgumentException)
        {
            return new StoredRequest(number, run, null, IsSound: false, checksum);
        }
    }

    /// <summary>The statement's published value.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public PublishedRecord Published(SqliteStatement row, string runId) => Sound(runId, $"published value '{row.TextAsFarAsReadable(0)}'", row, 5, () =>
    {
        var value = new PublishedRecord(row.Long(1), row.Time(2), row.Payload(3));
        return (value, RowChecksum.OfPublished(row.Long(4), row.Text(0), value));
    });

    /// <summary>The statement's item of a stream.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public StreamRecord Item(SqliteStatement row, string runId, string stream) => Sound(runId, $"item {row.Long(0)} of stream '{stream}'", row, 4, () =>
    {
        var item = new StreamRecord(row.Long(0), row.Time(1), row.Payload(2));
        return (item, RowChecksum.OfItem(row.Long(3), stream, item));
    });

    /// <summary>What a run says of itself: text, fraction, and whether it says anything.</summary>
    public static RunProgress? Progress(SqliteStatement row, int column)
        => row.Int(column + 2) == 0 ? null : new RunProgress(row.IsNull(column) ? null : row.Text(column), row.IsNull(column + 1) ? null : row.Double(column + 1));

    private T Sound<T>(string runId, string what, SqliteStatement row, int checksum, Func<(T Record, int Checksum)> read)
    {
        try
        {
            var (record, sum) = read();
            return sum == row.Int(checksum) ? record : throw rows.Damaged(runId, what);
        }
        catch (ArgumentException exception)
        {
            throw rows.Damaged(runId, what, exception);
        }
    }
}
