using Durable.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Durable.Sqlite.Tests;

public sealed class RefusalTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_file_that_is_not_SQLite_is_refused_and_left_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("order;amount\n", 500));
        await File.WriteAllTextAsync(_file.Path, text);

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(InitializeAsync);

        Assert.Contains(_file.Path, refusal.Message);
        Assert.Contains("not an SQLite file", refusal.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(_file.Path));
        Assert.Equal([_file.Path], Directory.GetFiles(_file.Directory));
    }

    [Fact]
    public async Task A_file_of_another_application_is_refused_and_left_as_it_is()
    {
        Execute("PRAGMA application_id = 4711; CREATE TABLE runs (x)");

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(InitializeAsync);

        Assert.Contains("another application (application id 4711)", refusal.Message);
        Assert.Equal([_file.Path], Directory.GetFiles(_file.Directory));
        Assert.Equal("delete", Ask("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_file_with_tables_and_no_application_id_is_refused()
    {
        Execute("CREATE TABLE customers (name)");

        Assert.Contains("another application", (await Assert.ThrowsAsync<StoreRefusedException>(InitializeAsync)).Message);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_numbers_named()
    {
        await using (var store = _file.Store(new ManualClock()))
            await store.InitializeAsync(default);
        Execute("PRAGMA user_version = 9999");

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(InitializeAsync);

        Assert.Contains("schema 9999", refusal.Message);
        Assert.Contains($"up to {SqliteSchema.Newest}", refusal.Message);
    }

    [Fact]
    public async Task A_missing_directory_is_an_error_that_names_path_and_cause_and_passes_once_the_directory_is_there()
    {
        var path = Path.Combine(_file.Directory, "missing", "runs.db");
        await using var store = new SqliteStore(path, new SqliteStoreOptions(), new ManualClock(), NullLogger<SqliteStore>.Instance);

        var failure = await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(default).AsTask());
        Assert.Contains(path, failure.Message);
        Assert.Contains("does not exist", failure.Message);
        Assert.NotNull(failure.InnerException);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await store.InitializeAsync(default);
        Assert.Empty(await store.CountRunsAsync(default));
    }

    [Fact]
    public async Task A_path_that_is_a_directory_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(_file.Path);

        Assert.Contains(_file.Path, (await Assert.ThrowsAsync<StoreException>(InitializeAsync)).Message);
    }

    [Fact]
    public async Task A_directory_where_nothing_can_be_made_is_an_error_that_names_the_path()
    {
        // Not by permissions: tests may run as root, whom they do not stop. A file has no files in it, for anyone.
        var file = Path.Combine(_file.Directory, "file");
        await File.WriteAllTextAsync(file, "");
        var path = Path.Combine(file, "runs.db");
        await using var store = new SqliteStore(path, new SqliteStoreOptions(), new ManualClock(), NullLogger<SqliteStore>.Instance);

        Assert.Contains(path, (await Assert.ThrowsAsync<StoreException>(() => store.InitializeAsync(default).AsTask())).Message);
    }

    [Fact]
    public async Task An_empty_file_becomes_a_store()
    {
        await File.WriteAllBytesAsync(_file.Path, []);

        await InitializeAsync();

        Assert.Equal((long)SqliteSchema.Newest, Ask("PRAGMA user_version"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(4_096)]
    [InlineData(9_000)]
    public async Task A_store_that_was_cut_off_is_refused_and_left_as_it_is(int length)
    {
        await InitializeAsync();
        var rest = (await File.ReadAllBytesAsync(_file.Path))[..length];
        await File.WriteAllBytesAsync(_file.Path, rest);

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(InitializeAsync);

        Assert.Contains(_file.Path, refusal.Message);
        Assert.Contains("backup", refusal.Message);
        Assert.Equal(rest, await File.ReadAllBytesAsync(_file.Path));
    }

    [Fact]
    public async Task A_file_whose_pages_do_not_fit_together_is_refused_with_a_way_to_save_what_can_be_read()
    {
        await InitializeAsync();
        var bytes = await File.ReadAllBytesAsync(_file.Path);
        bytes.AsSpan(4_096, 100).Fill(0x5A);
        await File.WriteAllBytesAsync(_file.Path, bytes);

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(InitializeAsync);

        Assert.Contains("is damaged", refusal.Message);
        Assert.Contains("PRAGMA integrity_check", refusal.Message);
        Assert.Contains(".recover", refusal.Message);
    }

    [Fact]
    public async Task A_verb_before_the_store_is_initialized_says_so()
    {
        await using var store = _file.Store(new ManualClock());

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => store.FindRunAsync("run", default).AsTask());

        Assert.Contains("InitializeAsync", mistake.Message);
    }

    private async Task InitializeAsync()
    {
        await using var store = _file.Store(new ManualClock());
        await store.InitializeAsync(default);
    }

    private void Execute(string sql) => Ask(sql);

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
