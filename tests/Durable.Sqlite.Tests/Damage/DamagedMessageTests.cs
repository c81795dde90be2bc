using Durable.Storage;
using Durable.Testing;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

/// <summary>Bytes of messages, requests, values and notes change on the disk: whoever asks for them is told, and all other runs go on.</summary>
public sealed class DamagedMessageTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("position = 2")]
    [InlineData("kind = 1")]
    [InlineData("name = 'gO'")]
    [InlineData("name = CAST(x'FF' AS TEXT)")]
    [InlineData("sent_at = sent_at + 1")]
    [InlineData("sent_at = -1")]
    [InlineData("payload = NULL")]
    [InlineData("error = x'31'")]
    [InlineData("checksum = checksum + 1")]
    public async Task A_message_is_not_returned_when_anything_in_it_was_changed(string change)
    {
        await WriteAsync();
        Execute($"UPDATE inbox SET {change} WHERE run_number = 1 AND position = 1");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => store.ReadInboxAsync("a", 0, default).AsTask());
        Assert.Single(await store.ReadInboxAsync("b", 0, default));
    }

    [Fact]
    public async Task A_message_of_another_run_is_not_returned()
    {
        await WriteAsync();
        Execute("DELETE FROM inbox WHERE run_number = 1; UPDATE inbox SET run_number = 1");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => store.ReadInboxAsync("a", 0, default).AsTask());
    }

    [Theory]
    [InlineData("last_message = 0")]
    [InlineData("signals = 0")]
    [InlineData("generation = 1")]
    [InlineData("continued_at = 1")]
    [InlineData("dropped = 1")]
    [InlineData("has = 0")]
    [InlineData("progress_text = 'hAlf'")]
    [InlineData("progress_text = NULL")]
    [InlineData("progress_text = CAST(x'FF' AS TEXT)")]
    [InlineData("progress_fraction = 0.75")]
    [InlineData("progress_fraction = NULL")]
    [InlineData("has_progress = 0")]
    [InlineData("checksum = checksum + 1")]
    public async Task A_run_whose_notes_were_changed_is_set_aside_and_the_others_are_claimed(string change)
    {
        await WriteAsync();
        Execute($"UPDATE notes SET {change} WHERE run_number = 1");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => store.FindRunAsync("a", default).AsTask());
        await AssertDamagedAsync(() => store.SendSignalAsync(Sample.Signal("a"), default).AsTask());
        Assert.Equal(SignalVerdict.Accepted, await store.SendSignalAsync(Sample.Signal("b"), default));
        Assert.Equal(["b"], (await store.ClaimRunsAsync(Sample.Claim, default)).Select(run => run.RunId).Where(run => run is "a" or "b"));
        Assert.Equal(RunStatus.Quarantined, (await store.FindRunAsync("a", default))!.Status);
    }

    [Theory]
    [InlineData("request_id = 'ask-A'", "ask-A")]
    [InlineData("name = 'approvE'")]
    [InlineData("name = CAST(x'FF' AS TEXT)")]
    [InlineData("run_number = 2", "ask-a", "b")]
    [InlineData("created_at = created_at + 1")]
    [InlineData("created_at = -1")]
    [InlineData("due_at = NULL")]
    [InlineData("due_at = due_at + 1")]
    [InlineData("heartbeat = heartbeat + 1")]
    [InlineData("heartbeat_due_at = heartbeat_due_at + 1")]
    [InlineData("payload = NULL")]
    [InlineData("checksum = checksum + 1")]
    public async Task A_request_that_was_changed_is_not_answered_and_hides_no_other(string change, string id = "ask-a", string run = "a")
    {
        await WriteAsync();
        Execute($"UPDATE requests SET {change} WHERE request_id = 'ask-a'");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => store.FindRequestAsync(id, default).AsTask(), run);
        await AssertDamagedAsync(() => store.AnswerRequestAsync(new RequestAnswer { RunId = "a", RequestId = id }, default).AsTask(), run);
        await AssertDamagedAsync(() => store.HeartbeatRequestAsync(id, default).AsTask(), run);
        Assert.Equal(["ask-b"], (await store.ListRequestsAsync(new RequestQuery { Max = 10 }, default)).Select(request => request.RequestId));
    }

    [Fact]
    public async Task A_damaged_request_does_not_keep_its_run_from_ending_and_stays_damaged()
    {
        await WriteAsync();
        Execute("UPDATE requests SET payload = x'31' WHERE request_id = 'ask-a'");

        await using var store = await OpenAsync();
        await store.TerminateRunAsync(new TerminateRequest("a", "why"u8.ToArray()), default);

        Assert.Equal(RunStatus.Canceled, (await store.FindRunAsync("a", default))!.Status);
        await AssertDamagedAsync(() => store.FindRequestAsync("ask-a", default).AsTask());
    }

    [Theory]
    [InlineData("published", "key = 'totaL'", true)]
    [InlineData("published", "version = 2")]
    [InlineData("published", "published_at = published_at + 1")]
    [InlineData("published", "payload = NULL")]
    [InlineData("published", "checksum = checksum + 1")]
    [InlineData("stream_items", "stream = 'loG'", true)]
    [InlineData("stream_items", "place = 1")]
    [InlineData("stream_items", "appended_at = -1")]
    [InlineData("stream_items", "payload = NULL")]
    [InlineData("stream_items", "checksum = checksum + 1")]
    public async Task What_a_run_shows_is_not_returned_when_anything_in_it_was_changed(string table, string change, bool isRenamed = false)
    {
        await WriteAsync();
        Execute($"UPDATE {table} SET {change} WHERE run_number = 1");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => ReadAsync(store, "a", isRenamed));
        await ReadAsync(store, "b", isRenamed: false);

        async Task ReadAsync(SqliteStore store, string run, bool isRenamed)
        {
            if (table == "published")
                Assert.NotNull(await store.FindPublishedAsync(run, isRenamed ? "totaL" : "total", default));
            else
                Assert.Single(await store.ReadStreamAsync(run, isRenamed ? "loG" : "log", 0, 10, default));
        }
    }

    [Theory]
    [InlineData("parent_number = 2")]
    [InlineData("parent_id = 'b'")]
    [InlineData("parent_id = NULL")]
    [InlineData("close_policy = 2")]
    [InlineData("close_policy = 0")]
    public async Task A_child_whose_parent_was_changed_is_damaged_and_left_to_the_operator(string change)
    {
        await WriteAsync();
        Execute($"UPDATE runs SET {change} WHERE run_id = 'a/child'");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => store.FindRunAsync("a/child", default).AsTask(), "a/child");
        await store.TerminateRunAsync(new TerminateRequest("a", "why"u8.ToArray()), default);
        await store.TerminateRunAsync(new TerminateRequest("b", "why"u8.ToArray()), default);
        Assert.Equal(RunStatus.Canceled, (await store.FindRunAsync("b/child", default))!.Status);
        Assert.DoesNotContain(await store.ClaimRunsAsync(Sample.Claim, default), run => run.RunId == "a/child");
        Assert.Equal(RunStatus.Quarantined, (await store.FindRunAsync("a/child", default))!.Status);
    }

    [Fact]
    public async Task That_a_run_waits_for_messages_is_part_of_its_state()
    {
        await WriteAsync();
        Execute("UPDATE runs SET awaits_messages = 0 WHERE run_id = 'a'");

        await using var store = await OpenAsync();
        await AssertDamagedAsync(() => store.FindRunAsync("a", default).AsTask());
    }

    [Theory]
    [InlineData("UPDATE notes SET last_message = 7 WHERE run_number = 1")]
    [InlineData("UPDATE runs SET attempt = 7 WHERE number = 1")]
    [InlineData("UPDATE runs SET awaits_messages = 0 WHERE number = 1")]
    [InlineData("UPDATE runs SET input = NULL WHERE number = 1")]
    public async Task A_damaged_parent_does_not_keep_its_child_from_ending_and_is_set_aside(string change)
    {
        await WriteAsync();
        Execute(change);

        await using var store = await OpenAsync();
        await store.TerminateRunAsync(new TerminateRequest("a/child", "why"u8.ToArray()), default);

        Assert.Equal(RunStatus.Canceled, (await store.FindRunAsync("a/child", default))!.Status);
        Assert.DoesNotContain(await store.ClaimRunsAsync(Sample.Claim, default), run => run.RunId == "a");
        Assert.Equal(RunStatus.Quarantined, (await store.FindRunAsync("a", default))!.Status);
    }

    [Fact]
    public async Task A_run_whose_row_cannot_be_read_takes_its_requests_and_children_along_when_it_is_terminated()
    {
        await WriteAsync();
        Execute("UPDATE runs SET workflow = CAST(x'FF' AS TEXT) WHERE number = 1");

        await using var store = await OpenAsync();
        await store.TerminateRunAsync(new TerminateRequest("a", "why"u8.ToArray()), default);

        Assert.Equal(RunStatus.Canceled, (await store.FindRunAsync("a/child", default))!.Status);
        Assert.Equal(RequestState.Closed, (await store.FindRequestAsync("ask-a", default))!.State);
    }

    [Fact]
    public async Task A_purge_leaves_nothing_of_a_run_behind()
    {
        await WriteAsync();
        await using (var store = await OpenAsync())
        {
            await store.TerminateRunAsync(new TerminateRequest("a", "why"u8.ToArray()), default);
            await store.TerminateRunAsync(new TerminateRequest("b", "why"u8.ToArray()), default);
            Assert.Equal(4, await store.PurgeRunsAsync(new PurgeRequest { Statuses = [RunStatus.Canceled], Age = TimeSpan.Zero, Max = 10 }, default));
        }

        foreach (var table in (string[])["runs", "checkpoints", "notes", "inbox", "message_ids", "requests", "published", "stream_items"])
            Assert.Equal(0L, Ask($"SELECT COUNT(*) FROM {table}"));
    }

    [Fact]
    public void Checksums_of_messages_are_a_format_for_ever()
    {
        var now = DateTimeOffset.UnixEpoch;
        var notes = new RunNotes(5) { LastMessage = 4, Signals = 3, Generation = 2, Dropped = 1, Has = RunBelongings.Children };
        var message = new InboxMessage { Position = 3, Kind = InboxMessageKind.Answer, Name = "ä", SentAt = now, Payload = "1"u8.ToArray(), Error = "2"u8.ToArray() };
        var request = MessageRules.Open("run", new NewRequest { RequestId = "q", Name = "ask", Payload = "1"u8.ToArray(), Timeout = TimeSpan.FromHours(1), HeartbeatTimeout = TimeSpan.FromMinutes(1) }, now);

        int[] sums =
        [
            notes.Checksum, (notes with { ContinuedAt = now.AddHours(1) }).Checksum, (notes with { Progress = new RunProgress("half", 0.5) }).Checksum, (notes with { Progress = new RunProgress(null, null) }).Checksum, RowChecksum.OfMessage(5, message),
            RowChecksum.OfRequest(5, request), RowChecksum.OfPublished(5, "key", new PublishedRecord(2, now, "1"u8.ToArray())), RowChecksum.OfItem(5, "log", new StreamRecord(7, now, "1"u8.ToArray())),
        ];
        Assert.Equal([1792665874, -240980024, 357205483, -2049436893, 273071722, -1466736263, 1985076754, -1829458049], sums);
        var child = StoredRun.Begin(Sample.Run("run"), (3, new RunParent("parent", ParentClosePolicy.Terminate)), epoch: 3, now);
        Assert.Equal((151051540, -1232056063), (RowChecksum.OfInput(child.Record, child.ParentNumber), (child.State with { Status = RunStatus.Suspended, AwaitsMessages = true }).Checksum));
    }

    // Two families that wait for messages, with one of everything each.
    private async Task WriteAsync()
    {
        await using var store = await OpenAsync();
        foreach (var run in (string[])["a", "b"])
            await store.CreateRunAsync(Sample.Run(run), default);
        foreach (var held in await store.ClaimRunsAsync(Sample.Claim, default))
        {
            await store.SendSignalAsync(Sample.Signal(held.RunId) with { MessageId = "m1" }, default);
            var effects = new RunEffects
            {
                Requests = [new NewRequest { RequestId = $"ask-{held.RunId}", Name = "approve", Payload = "?"u8.ToArray(), Timeout = TimeSpan.FromDays(1), HeartbeatTimeout = TimeSpan.FromHours(1) }],
                Children = [new NewChild(Sample.Run($"{held.RunId}/child"), ParentClosePolicy.Terminate)],
                Published = [new("total", "1"u8.ToArray())],
                Appended = [new("log", "1"u8.ToArray())],
                Progress = new RunProgress("half", 0.5),
            };
            await store.CommitAsync(Sample.Commit(held, Sample.Step(1)) with { Effects = effects, Transition = new RunTransition { Status = RunStatus.Suspended, Wait = TimeSpan.Zero, AwaitsMessagesAfter = 1 } }, default);
        }
    }

    private static async Task AssertDamagedAsync(Func<Task> verb, string run = "a") => Assert.Equal(run, (await Assert.ThrowsAsync<RunDamagedException>(verb)).RunId);

    private async Task<SqliteStore> OpenAsync()
    {
        var store = _file.Store(new ManualClock());
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
        return store;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        SqliteSchema.Execute(connection, sql);
    }

    private long Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        return connection;
    }
}
