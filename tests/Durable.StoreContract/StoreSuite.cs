using System.Text;
using Durable.Testing;

namespace Durable.Storage.Contract;

/// <summary>
/// What every suite of a store is built on: an empty store, entered as a worker, on a clock that the test moves; and short words for its verbs.
/// One instance, and so one store, per test.
/// </summary>
/// <param name="factory">Makes the store under test; disposed with the suite.</param>
public abstract class StoreSuite(StoreFactory factory) : IAsyncLifetime
{
    protected static readonly WorkflowIdentity Order = new("Order", 1);
    protected static readonly WorkflowIdentity Invoice = new("Invoice", 1);
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Makes the store under test.</summary>
    protected StoreFactory Factory { get; } = factory;

    /// <summary>The clock of <see cref="Store"/>.</summary>
    protected ManualClock Clock { get; } = new();

    /// <summary>The store under test.</summary>
    protected IRunStore Store { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Store = Factory.CreateEmpty(Clock);
        await EnterAsync(Store);
    }

    public virtual async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await Factory.DisposeAsync();
    }

    /// <summary>Closes the store and opens what it wrote.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = Factory.OpenAgain(Clock);
        await EnterAsync(Store);
    }

    protected Task<CreateRunResult> CreateAsync(string runId, WorkflowIdentity? workflow = null)
        => Store.CreateRunAsync(Run(runId, workflow), default).AsTask();

    protected async Task<IReadOnlyList<RunRecord>> ClaimAsync(int max = 10, string worker = "w1", params WorkflowIdentity[] workflows)
        => await Store.ClaimRunsAsync(
            new ClaimRequest { Worker = worker, Max = max, Lease = Lease, Workflows = workflows.Length == 0 ? [Order] : workflows }, default);

    /// <summary>Creates a run and claims it.</summary>
    protected async Task<RunRecord> HoldAsync(string runId = "run")
    {
        await CreateAsync(runId);
        return Assert.Single(await ClaimAsync());
    }

    protected Task<CommitResult> CommitAsync(RunCommit commit) => Store.CommitAsync(commit, default).AsTask();

    protected Task<CommitResult> CommitStepAsync(RunRecord held, long sequence)
        => CommitAsync(new RunCommit { RunId = held.RunId, Epoch = held.Epoch, Checkpoints = [Step(sequence, held.Epoch)] });

    protected Task<CommitResult> LetGoAsync(RunRecord held, RunTransition transition)
        => CommitAsync(new RunCommit { RunId = held.RunId, Epoch = held.Epoch, Transition = transition });

    protected Task<CommitResult> LetGoAsync(RunRecord held, RunStatus status) => LetGoAsync(held, new RunTransition { Status = status });

    protected async Task<RunRecord> FindAsync(string runId = "run")
        => await Store.FindRunAsync(runId, default) ?? throw new InvalidOperationException($"Run '{runId}' is not there.");

    protected async Task<IReadOnlyList<CheckpointRecord>> ReadAsync(string runId = "run") => await Store.ReadCheckpointsAsync(runId, default);

    protected Task<RunStatus?> ResumeAsync(string runId = "run", bool acceptDivergence = false)
        => Store.ResumeRunAsync(new ResumeRequest(runId, acceptDivergence), default).AsTask();

    /// <summary>Renews leases and tells which are lost.</summary>
    protected async Task<IReadOnlyList<RunLease>> RenewAsync(params RunRecord[] held) => (await RenewAllAsync(held)).Lost;

    protected async Task<RenewedLeases> RenewAllAsync(params RunRecord[] held)
        => await Store.RenewLeasesAsync(new LeaseRenewal([.. held.Select(run => new RunLease(run.RunId, run.Epoch))], Lease), default);

    protected static NewRun Run(string runId, WorkflowIdentity? workflow = null)
        => new() { RunId = runId, Workflow = workflow ?? Order, Input = "{}"u8.ToArray(), Fingerprint = 42 };

    protected static CheckpointRecord Step(long sequence, long epoch = 1) => new()
    {
        Sequence = sequence,
        StepId = $"Charge#{sequence}",
        Kind = CheckpointKind.Step,
        Status = CheckpointStatus.Completed,
        Attempt = 1,
        Epoch = epoch,
        Fingerprint = -7,
        BuildId = "build",
        StartedAt = new DateTimeOffset(2029, 12, 31, 1, 2, 3, 4, TimeSpan.Zero),
        CompletedAt = new DateTimeOffset(2029, 12, 31, 1, 2, 3, 5, TimeSpan.Zero),
        Result = "1"u8.ToArray(),
    };

    protected static IEnumerable<string> Ids(IEnumerable<RunRecord> runs) => runs.Select(run => run.RunId);

    protected static string Text(ReadOnlyMemory<byte> payload) => Encoding.UTF8.GetString(payload.Span);

    protected static RunRecord WithoutBytes(RunRecord run) => run with { Input = default, Result = default, Error = default, Cancellation = default };

    protected static string[] Bytes(CheckpointRecord checkpoint)
        => [Convert.ToHexString(checkpoint.Arguments.Span), Convert.ToHexString(checkpoint.Result.Span), Convert.ToHexString(checkpoint.Error.Span)];

    protected static CheckpointRecord WithoutBytes(CheckpointRecord checkpoint)
        => checkpoint with { Arguments = default, Result = default, Error = default };

    private static async Task EnterAsync(IRunStore store)
    {
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
    }
}
