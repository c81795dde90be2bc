using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;

namespace Durable.Sqlite.Tests;

/// <summary>Two stores on one file stand for two processes: every lock between them is the operating system's, per open file.</summary>
public sealed class ManyProcessesTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();
    private readonly ManualClock _clock = new();
    private readonly LogSink _log = new();
    private readonly SqliteStore _first;
    private readonly SqliteStore _second;

    public ManyProcessesTests()
    {
        _first = _file.Store(_clock);
        _second = _file.Store(_clock, _log);
    }

    public async Task InitializeAsync()
    {
        await _first.InitializeAsync(default);
        await _second.InitializeAsync(default);
        await _first.EnterAsWorkerAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task A_second_worker_stands_by_while_the_first_lives()
    {
        var entering = _second.EnterAsWorkerAsync(default).AsTask();
        for (var poll = 0; poll < 20; poll++)
        {
            await _clock.WhenArmedAsync();
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        await _clock.WhenArmedAsync();
        Assert.False(entering.IsCompleted);
        await _first.DisposeAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await entering;
    }

    [Fact]
    public async Task A_standby_takes_over_within_a_second_and_what_was_left_running_is_claimable_at_once()
    {
        await _first.CreateRunAsync(Sample.Run("run"), default);
        await _first.ClaimRunsAsync(Sample.Claim with { Lease = TimeSpan.FromHours(1) }, default);
        var entering = _second.EnterAsWorkerAsync(default).AsTask();
        await _clock.WhenArmedAsync();

        await _first.DisposeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await entering;

        var run = Assert.Single(await _second.ClaimRunsAsync(Sample.Claim with { Worker = "w2" }, default));
        Assert.Equal((2L, "w2", 1), (run.Epoch, run.Worker, run.Attempt));
    }

    [Fact]
    public async Task The_log_of_a_standby_says_once_where_the_id_of_the_working_process_is()
    {
        using var stop = new CancellationTokenSource();
        var entering = _second.EnterAsWorkerAsync(stop.Token).AsTask();
        for (var poll = 0; poll < 3; poll++)
        {
            await _clock.WhenArmedAsync();
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
        Assert.Contains($"its id is in {_file.Path}-worker.", Assert.Single(_log.Of(3001)).Text);
        await _first.DisposeAsync();
        Assert.Equal(Environment.ProcessId.ToString(), await File.ReadAllTextAsync(_file.Path + "-worker"));
    }

    [Fact]
    public async Task A_standby_that_was_stopped_can_enter_later()
    {
        using var stop = new CancellationTokenSource();
        var entering = _second.EnterAsWorkerAsync(stop.Token).AsTask();
        await _clock.WhenArmedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
        await _first.DisposeAsync();

        await _second.EnterAsWorkerAsync(default);

        Assert.Single(_log.Of(3002));
    }

    [Fact]
    public async Task A_client_creates_resumes_and_reads_beside_the_worker()
    {
        await _second.CreateRunAsync(Sample.Run("run"), default);
        var held = Assert.Single(await _first.ClaimRunsAsync(Sample.Claim, default));
        await _first.CommitAsync(Sample.Commit(held, Sample.Step(1)) with { Transition = new RunTransition { Status = RunStatus.Failed } }, default);

        Assert.Single(await _second.ReadCheckpointsAsync("run", default));
        Assert.Equal(RunStatus.Failed, await _second.ResumeRunAsync(new ResumeRequest("run", false), default));
        Assert.Equal(2, Assert.Single(await _first.ClaimRunsAsync(Sample.Claim, default)).Attempt);
    }

    [Fact]
    public async Task Two_writing_stores_get_their_turns_and_lose_nothing()
    {
        async Task WriteAsync(SqliteStore store, string name)
        {
            for (var number = 0; number < 100; number++)
                Assert.True((await store.CreateRunAsync(Sample.Run($"{name}-{number}"), default)).Created);
        }

        await Task.WhenAll(Task.Run(() => WriteAsync(_first, "a")), Task.Run(() => WriteAsync(_second, "b")));

        Assert.Equal(200, Assert.Single(await _first.CountRunsAsync(default)).Count);
    }

    [Fact]
    public async Task A_waiting_writer_gets_its_turn_before_a_busy_one_gets_its_second()
    {
        var busy = new SqliteWriteLock(_file.Path);
        var held = busy.Take();
        var creating = _second.CreateRunAsync(Sample.Run("run"), default).AsTask();
        var head = _file.Path + "-write-next";
        while (FileLock.TryTake(head) is { } free)
            free.Dispose();
        held.Dispose();

        using (busy.Take())
            Assert.NotNull(await _first.FindRunAsync("run", default));
        Assert.True((await creating).Created);
    }
}
