using Durable.Storage;
using Durable.Testing.History;

namespace Durable.Testing.Tests.History;

/// <summary>Runs that messages wake, and runs that runs start, in a history.</summary>
public sealed class FamilyTests : IDisposable
{
    private static readonly WorkflowIdentity s_order = new("Order", 1);

    private readonly ManualClock _clock = new();
    private readonly MemoryStream _ledger = new();
    private readonly HistoryWriter _history;
    private readonly RecordedStore _store;

    public FamilyTests()
    {
        _history = new HistoryWriter("host", _ledger);
        _store = new RecordedStore(new InMemoryStore(_clock), _history);
    }

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task A_run_that_a_message_wakes_before_its_time_breaks_no_rule()
    {
        await CreateAsync("run");
        await CommitAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Suspended, Wait = TimeSpan.FromDays(1), AwaitsMessagesAfter = 0 });
        await _store.SendSignalAsync(new NewSignal { RunId = "run", Name = "go" }, default);
        await CommitAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Completed });

        await AssertNothingBrokenAsync();
    }

    [Fact]
    public async Task A_child_was_started_by_the_commit_of_its_parent()
    {
        await CreateAsync("parent");
        var child = new NewChild(Run("child"), ParentClosePolicy.Abandon);
        await CommitAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Completed }, new RunEffects { Children = [child] });
        await CommitAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Completed });

        await AssertNothingBrokenAsync();
        var lines = RecordedHistory.Read([("host", _ledger.ToArray())]).Lines;
        Assert.Equal([HistoryEvent.RunOffered, HistoryEvent.RunAccepted], lines.Where(line => line.RunId == "child").Take(2).Select(line => line.Event));
    }

    [Fact]
    public async Task A_child_of_a_commit_that_was_fenced_was_not_started()
    {
        await CreateAsync("parent");
        var held = Assert.Single(await ClaimAsync());

        await CommitAsync(held with { Epoch = 7 }, null, new RunEffects { Children = [new NewChild(Run("child"), ParentClosePolicy.Abandon)] });

        Assert.DoesNotContain(RecordedHistory.Read([("host", _ledger.ToArray())]).Lines, line => line is { RunId: "child", Event: HistoryEvent.RunAccepted });
    }

    private async Task AssertNothingBrokenAsync()
    {
        _history.Healed();
        await _store.AuditAsync();
        var verdict = HistoryChecker.Check(RecordedHistory.Read([("host", _ledger.ToArray())]));
        Assert.True(verdict.Kind != HistoryVerdictKind.Violated, verdict.ToString());
    }

    private static NewRun Run(string id) => new() { RunId = id, Workflow = s_order, Input = default, Fingerprint = 0 };

    private Task<CreateRunResult> CreateAsync(string id) => _store.CreateRunAsync(Run(id), default).AsTask();

    private Task<IReadOnlyList<RunRecord>> ClaimAsync()
        => _store.ClaimRunsAsync(new ClaimRequest { Worker = "w", Max = 10, Lease = TimeSpan.FromMinutes(1), Workflows = [s_order] }, default).AsTask();

    private Task<CommitResult> CommitAsync(RunRecord held, RunTransition? transition, RunEffects? effects = null)
        => _store.CommitAsync(new RunCommit { RunId = held.RunId, Epoch = held.Epoch, Effects = effects, Transition = transition }, default).AsTask();
}
