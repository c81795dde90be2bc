using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

public sealed class WriterTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_SQLite_refuses_is_a_StoreException_that_names_the_file_and_the_writer_goes_on()
    {
        const int Full = 13;
        var writer = await OpenAsync();

        var failure = await Assert.ThrowsAsync<StoreException>(
            () => writer.WriteAsync<int>(_ => throw new SqliteException("database or disk is full", Full)));

        Assert.Contains(_file.Path, failure.Message);
        Assert.Contains("disk is full", failure.Message);
        Assert.Equal(0, await writer.WriteAsync(writes => writes.FreeOrphans(DateTimeOffset.UnixEpoch)));
        await writer.CloseAsync();
    }

    [Fact]
    public async Task An_operation_that_throws_leaves_no_transaction_open()
    {
        var writer = await OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync<int>(writes =>
        {
            writes.Create(Sample.Run("half"), DateTimeOffset.UnixEpoch);
            throw new InvalidOperationException("in the middle");
        }));

        Assert.True(await writer.WriteAsync(writes => writes.Create(Sample.Run("half"), DateTimeOffset.UnixEpoch).Created));
        await writer.CloseAsync();
    }

    [Fact]
    public async Task A_large_batch_is_split_by_its_bytes()
    {
        const int Large = 9 * 1024 * 1024;
        var writer = await OpenAsync();
        Task<int>[] operations;
        using (new SqliteWriteLock(_file.Path).Take())
            operations = [.. Enumerable.Range(0, 6).Select(number => writer.WriteAsync(_ => number, Large))];

        Assert.Equal(Enumerable.Range(0, 6), await Task.WhenAll(operations));
        Assert.Equal(3, writer.Transactions);
        await writer.CloseAsync();
    }

    [Fact]
    public async Task A_store_whose_tables_are_gone_is_a_StoreException()
    {
        await (await OpenAsync()).CloseAsync();
        using (var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Execute(connection, "DROP TABLE checkpoints");
        }

        Assert.Contains("no such table: checkpoints", (await Assert.ThrowsAsync<StoreException>(OpenAsync)).Message);
    }

    private Task<SqliteWriter> OpenAsync() => SqliteWriter.OpenAsync(new SqliteDatabase(_file.Path, new SqliteStoreOptions()));
}
