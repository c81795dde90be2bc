using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>The inboxes of runs, and what is noted of a run without its row being written. Inside the writer's transaction.</summary>
internal sealed class SqliteInbox(Func<string, SqliteStatement> prepare, SqliteRows rows)
{
    private readonly LateStatement _findNotes = new(prepare, SqliteMessageSql.FindNotes);
    private readonly LateStatement _writeNotes = new(prepare, SqliteMessageSql.WriteNotes);
    private readonly LateStatement _addMessage = new(prepare, SqliteMessageSql.AddMessage);
    private readonly LateStatement _takeMessage = new(prepare, SqliteMessageSql.TakeMessage);
    private readonly LateStatement _keepSignals = new(prepare, SqliteMessageSql.KeepSignals);
    private readonly LateStatement _rememberId = new(prepare, SqliteMessageSql.RememberId);
    private readonly LateStatement _knowsId = new(prepare, SqliteMessageSql.KnowsId);

    /// <summary>What is noted of a run.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public RunNotes Notes(long run, Func<string> runId)
    {
        var find = _findNotes.Value;
        find.Bind(1, run);
        if (!find.Read())
            return new RunNotes(run);
        try
        {
            return RunNotes.Read(find, 0, run) ?? throw rows.Damaged(runId(), "what is noted of its messages and its progress");
        }
        finally
        {
            find.Reset();
        }
    }

    public void Write(RunNotes notes)
    {
        var write = _writeNotes.Value;
        write.Bind(1, notes.RunNumber);
        write.Bind(2, notes.LastMessage);
        write.Bind(3, notes.Signals);
        write.Bind(4, notes.Generation);
        write.Bind(5, notes.Dropped);
        write.Bind(6, (long)notes.Has);
        if (notes.Progress?.Text is { } text)
            write.Bind(7, text);
        else
            write.BindNull(7);
        write.Bind(8, notes.Progress?.Fraction);
        write.Bind(9, notes.Progress is null ? 0 : 1);
        write.Bind(10, notes.Checksum);
        if (notes.ContinuedAt is { } continuedAt)
            write.Bind(11, continuedAt);
        else
            write.BindNull(11);
        write.Execute();
    }

    /// <summary>Puts a message behind all others.</summary>
    /// <returns>The notes with it, to be written.</returns>
    public RunNotes Add(RunNotes notes, InboxMessage message)
    {
        var placed = message with { Position = notes.LastMessage + 1 };
        var add = _addMessage.Value;
        add.Bind(1, notes.RunNumber);
        add.Bind(2, placed.Position);
        add.Bind(3, (long)placed.Kind);
        add.Bind(4, placed.Name);
        add.Bind(5, placed.SentAt);
        add.Bind(6, placed.Payload);
        add.Bind(7, placed.Error);
        add.Bind(8, RowChecksum.OfMessage(notes.RunNumber, placed));
        add.Execute();
        return notes with { LastMessage = placed.Position, Signals = notes.Signals + (placed.Kind == InboxMessageKind.Signal ? 1 : 0) };
    }

    /// <summary>Takes messages out.</summary>
    /// <returns>The notes without them, to be written.</returns>
    public RunNotes Take(RunNotes notes, IReadOnlyList<long> positions)
    {
        var signals = notes.Signals;
        foreach (var position in positions)
        {
            var take = _takeMessage.Value;
            take.Bind(1, notes.RunNumber);
            take.Bind(2, position);
            if (!take.Read())
                continue;
            if (take.Int(0) == (int)InboxMessageKind.Signal)
                signals--;
            take.Reset();
        }

        return notes with { Signals = signals };
    }

    /// <summary>What answered requests and children of the run as it was goes.</summary>
    public void KeepSignals(long run)
    {
        _keepSignals.Value.Bind(1, run);
        _keepSignals.Value.Execute();
    }

    public bool Knows(long run, string messageId)
    {
        var knows = _knowsId.Value;
        knows.Bind(1, run);
        knows.Bind(2, messageId);
        var known = knows.Read();
        knows.Reset();
        return known;
    }

    public void Remember(long run, string messageId)
    {
        _rememberId.Value.Bind(1, run);
        _rememberId.Value.Bind(2, messageId);
        _rememberId.Value.Execute();
    }
}
