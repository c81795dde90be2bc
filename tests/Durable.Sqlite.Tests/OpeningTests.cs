using Durable.Testing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Durable.Sqlite.Tests;

/// <summary>Processes that open a file while another one makes it.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly SqliteFile _file = new();

    [Fact]
    public async Task A_file_that_is_made_while_it_is_looked_at_is_not_taken_for_one_of_another_application()
    {
        using var reading = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        reading.Open();
        SqliteSchema.Execute(reading, "PRAGMA journal_mode = WAL");
        await using var maker = _file.Store(new ManualClock());
        var isMade = false;
        raw.sqlite3_trace(reading.Handle, (_, sql) =>
        {
            // The marks are read: the file has none. The tables come next.
            if (isMade || !sql.Contains("sqlite_master"))
                return;
            isMade = true;
            maker.InitializeAsync(default).AsTask().GetAwaiter().GetResult();
        }, null);

        SqliteSchema.Check(reading, _file.Path);

        Assert.True(isMade);
    }

    [Fact]
    public async Task Stores_that_open_a_new_file_at_once_all_get_it()
    {
        for (var round = 0; round < 15; round++)
        {
            using var file = new SqliteFile();
            var stores = Enumerable.Range(0, 4).Select(_ => file.Store(new ManualClock())).ToList();
            await Task.WhenAll(stores.Select(store => Task.Run(() => store.InitializeAsync(default).AsTask())));
            foreach (var store in stores)
                await store.DisposeAsync();
        }
    }

    public void Dispose() => _file.Dispose();
}
