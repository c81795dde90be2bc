using Durable.Sqlite;
using Durable.Testing.History;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Durable.Soak.Tests;

/// <summary>Processes that die at random over one SQLite file, and a checker over what all of them wrote down.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int MinRuns = 200;

    private readonly SoakSettings _settings = SoakSettings.Read();

    [Fact]
    public async Task Every_promise_holds_while_workers_and_clients_are_killed_at_random()
    {
        output.WriteLine($"Again: {_settings}");
        var folder = Directory.CreateTempSubdirectory("durable-soak-").FullName;
        try
        {
            var verdict = await SoakAsync(folder);
            output.WriteLine(verdict.ToString());
            Assert.True(verdict.Kind == HistoryVerdictKind.Valid, verdict.ToString());
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Again: {_settings}\nThe ledgers are kept in {folder}.\n{exception.Message}", exception);
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<HistoryVerdict> SoakAsync(string folder)
    {
        using (var history = HistoryWriter.Create(folder, "driver"))
        await using (var fleet = new Fleet(folder, history, _settings))
        {
            await fleet.KillAsync();
            history.Healed();
            await fleet.HealAsync(MinRuns);
            await using var store = new RecordedStore(new SqliteStore(Path.Combine(folder, "runs.db"), new SqliteStoreOptions(), TimeProvider.System, NullLogger<SqliteStore>.Instance), history);
            await store.InitializeAsync(CancellationToken.None);
            await store.AuditAsync();
        }

        return HistoryChecker.Check(RecordedHistory.ReadFolder(folder), new HistoryOptions
        {
            Floor = new HistoryActivity
            {
                Runs = MinRuns,
                Workers = 3,
                Kills = _settings.Kills,
                Bodies = MinRuns * 3,
                RepeatedBodies = _settings.Kills / 4,
                Commits = MinRuns * 3,
                UnknownCommits = _settings.Kills / 4,
                Reclaims = _settings.Kills / 2,
                Resumes = MinRuns / 8,
                ResultsSeen = MinRuns * 3,
            },
        });
    }
}
