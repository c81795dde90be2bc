using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Durable.Sqlite;
using Durable.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Durable.Benchmarks;

/// <summary><c>store</c>: step commits through <see cref="IRunStore.CommitAsync"/>, shaped like the ceiling's, so that the ratio shows what the store costs.</summary>
internal static class StoreCommand
{
    private static readonly WorkflowIdentity s_workflow = new("Bench", 1);
    private static readonly byte[] s_result = "12345"u8.ToArray();

    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite", "memory");
        var command = new Command("store", "Step commits through the store, without the engine.") { store, load.Inflight, load.Runs, load.Steps, load.Json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var name = arguments.GetRequiredValue(store);
            var (inflight, runs, steps) = (arguments.GetRequiredValue(load.Inflight), arguments.GetRequiredValue(load.Runs), arguments.GetRequiredValue(load.Steps));
            await using var opened = Open(name, Path.Combine(scratch.Path, "runs.db"));
            var seconds = await MeasureAsync(opened, inflight, runs, steps);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "store",
                store = name,
                inflight,
                rows = (long)runs * steps,
                seconds = Math.Round(seconds, 4),
                rows_per_second = Math.Round((long)runs * steps / seconds),
            }));
        });
        return command;
    }

    public static IRunStore Open(string name, string path) => name == "memory"
        ? new InMemoryStore(TimeProvider.System)
        : new SqliteStore(path, new SqliteStoreOptions(), TimeProvider.System, NullLogger<SqliteStore>.Instance);

    private static async Task<double> MeasureAsync(IRunStore store, int inflight, int runs, int steps)
    {
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
        await Task.WhenAll(Enumerable.Range(1, runs).Select(run => store.CreateRunAsync(
            new NewRun { RunId = $"run-{run:D6}", Workflow = s_workflow, Input = "{}"u8.ToArray(), Fingerprint = 1 }, default).AsTask()));
        var claim = new ClaimRequest { Worker = "bench", Max = runs, Lease = TimeSpan.FromHours(1), Workflows = [s_workflow] };
        var held = await store.ClaimRunsAsync(claim, default);

        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inflight).Select(_ => Task.Run(ProduceAsync)));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task ProduceAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number <= held.Count)
            {
                var run = held[number - 1];
                for (var step = 1; step <= steps; step++)
                {
                    var outcome = await store.CommitAsync(
                        new RunCommit { RunId = run.RunId, Epoch = run.Epoch, Checkpoints = [Checkpoint(step)] }, default);
                    if (outcome != CommitResult.Committed)
                        throw new InvalidOperationException($"A commit of run '{run.RunId}' came back {outcome}.");
                }
            }
        }
    }

    // The same bytes as the ceiling's row.
    private static CheckpointRecord Checkpoint(long sequence) => new()
    {
        Sequence = sequence,
        StepId = "Step#3",
        Kind = CheckpointKind.Step,
        Status = CheckpointStatus.Completed,
        Attempt = 1,
        Epoch = 1,
        Fingerprint = 0x1234567890abcdef,
        BuildId = "0f8fad5b-d9cb-469f-a165-70867728950e",
        StartedAt = DateTimeOffset.UnixEpoch,
        CompletedAt = DateTimeOffset.UnixEpoch,
        Result = s_result,
    };
}
