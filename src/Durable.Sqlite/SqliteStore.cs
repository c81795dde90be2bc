using Durable.Storage;
using Microsoft.Extensions.Logging;

namespace Durable.Sqlite;

/// <summary>One SQLite file. Its promises are those of <see cref="IRunStore"/>; one process works the runs of a file at a time.</summary>
/// <remarks>A cancellation token is looked at before a verb is queued: what is queued is carried out, so that its outcome is known.</remarks>
public sealed partial class SqliteStore : IRunStore
{
    private static readonly Version s_safeVersion = new(3, 51, 3);

    private readonly SemaphoreSlim _opening = new(1);
    private readonly SqliteDatabase _database;
    private readonly SqliteWorkerRole _role;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private SqliteWriter? _writer;
    private SqliteReaders? _readers;

    /// <summary>Makes the store; the file is opened by <see cref="InitializeAsync"/>.</summary>
    /// <param name="path">The file. It is made when it is not there; its directory has to be there.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="clock">The store's clock: leases and times are by it.</param>
    /// <param name="logger">The log.</param>
    public SqliteStore(string path, SqliteStoreOptions options, TimeProvider clock, ILogger<SqliteStore> logger)
    {
        _database = new SqliteDatabase(path, options, logger);
        _clock = clock;
        _logger = logger;
        _role = new SqliteWorkerRole(_database, clock, logger);
    }

    /// <summary>How many transactions this store committed: fewer than it was asked for, when they were shared.</summary>
    internal long Transactions => Writer.Transactions;

    /// <inheritdoc cref="SqliteWrites.LimitPages"/>
    internal Task LimitPagesAsync(int pages) => Writer.WriteAsync(writes => writes.LimitPages(pages));

    private SqliteWriter Writer => _writer ?? throw NotInitialized();

    private SqliteReaders Readers => _readers ?? throw NotInitialized();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_writer is not null)
                return;

            var version = SqliteDatabase.NativeVersion();
            _writer = await SqliteWriter.OpenAsync(_database);
            _readers = new SqliteReaders(_database);
            if (version < s_safeVersion)
                SqliteLog.OldSqlite(_logger, version.ToString(), _database.Path);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
        => await _role.TakeAsync(() => Writer.WriteAsync(writes => writes.FreeOrphans(Now)), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CommitRules.Check(run);
        return await Writer.WriteAsync(writes => writes.Create(run, Now), run.Input.Length + run.Checkpoints.Sum(PayloadBytes));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoredText.Check(request.Worker, "worker's name");
        return await Writer.WriteAsync(writes => writes.Claim(request, Now));
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CommitRules.Check(commit);
        return new(Writer.WriteAsync(writes => writes.Commit(commit, Now), PayloadBytes(commit)));
    }

    /// <inheritdoc/>
    public async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(writes => writes.Renew(renewal, Now));
    }

    /// <inheritdoc/>
    public async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.FindRun(runId));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.ReadCheckpoints(runId));
    }

    /// <inheritdoc/>
    public async ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(writes => writes.Resume(request, Now));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OperationRules.Check(decision);
        return await Writer.WriteAsync(writes => writes.Decide(decision, Now), decision.Outcome is { } outcome ? PayloadBytes(outcome) : 0);
    }

    /// <inheritdoc/>
    public async ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OperationRules.Check(request);
        return await Writer.WriteAsync(writes => writes.Cancel(request, Now), request.Error.Length);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.CountRuns());
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OperationRules.Check(query);
        return await Readers.ReadAsync(reads => reads.ListRuns(query));
    }

    /// <inheritdoc/>
    public async ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OperationRules.Check(request);
        return await Writer.WriteAsync(writes => writes.Purging.Purge(request, Now));
    }

    /// <inheritdoc/>
    public async ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(writes => writes.Terminate(request, Now), request.Error.Length);
    }

    /// <summary>Finishes what is queued, closes the file and gives up the right to work its runs. Verbs after it throw <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _writer?.Refuse();
        // Readers first: the connection that closes last checkpoints, and that has to be the writer.
        if (_readers is not null)
            await _readers.CloseAsync();
        if (_writer is not null)
            await _writer.CloseAsync();
        _role.Dispose();
    }

    // Read on the writer's thread, so that times follow the order of the commits.
    private DateTimeOffset Now => _clock.GetUtcNow();

    private static int PayloadBytes(RunCommit commit)
    {
        var bytes = commit.Transition is { } transition ? transition.Result.Length + transition.Error.Length + (transition.Continuation?.Input.Length ?? 0) : 0;
        foreach (var checkpoint in commit.Checkpoints)
            bytes += PayloadBytes(checkpoint);
        if (commit.Effects is { } effects)
            bytes += PayloadBytes(effects);
        return bytes;
    }

    private static int PayloadBytes(CheckpointRecord checkpoint) => checkpoint.Arguments.Length + checkpoint.Result.Length + checkpoint.Error.Length;

    private static InvalidOperationException NotInitialized() => new("The store is not initialized: call InitializeAsync first.");
}
