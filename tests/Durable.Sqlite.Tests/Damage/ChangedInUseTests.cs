using Durable.Storage;
using Durable.Testing;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

/// <summary>Somebody does something to the file while a store has it open.</summary>
public sealed class ChangedInUseTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();
    private readonly SqliteStore _store;

    public ChangedInUseTests() => _store = _file.Store(new ManualClock());

    public async Task InitializeAsync()
    {
        await _store.InitializeAsync(default);
        await _store.CreateRunAsync(Sample.Run("run"), default);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task In_a_file_that_was_deleted_nothing_is_acknowledged()
    {
        File.Delete(_file.Path);

        var failure = await Assert.ThrowsAsync<StoreException>(() => _store.CreateRunAsync(Sample.Run("next"), default).AsTask());

        Assert.Contains($"'{_file.Path}' is no longer the file that this process opened", failure.Message);
        Assert.Contains("restart the process", failure.Message);
        await Assert.ThrowsAsync<StoreException>(() => _store.FindRunAsync("run", default).AsTask());
    }

    [Fact]
    public async Task In_a_file_that_was_replaced_nothing_is_acknowledged_and_the_new_one_is_left_as_it_is()
    {
        using var other = new SqliteFile();
        await using (var store = other.Store(new ManualClock()))
        {
            await store.InitializeAsync(default);
            await store.CreateRunAsync(Sample.Run("of the other"), default);
        }

        var bytes = await File.ReadAllBytesAsync(other.Path);
        File.Move(other.Path, _file.Path, overwrite: true);

        await Assert.ThrowsAsync<StoreException>(() => _store.CreateRunAsync(Sample.Run("next"), default).AsTask());
        await _store.DisposeAsync();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_file.Path));
    }

    [Fact]
    public async Task A_file_that_is_put_back_is_used_again_and_has_everything_that_was_acknowledged()
    {
        File.Move(_file.Path, _file.Path + ".away");
        await Assert.ThrowsAsync<StoreException>(() => _store.ClaimRunsAsync(Sample.Claim, default).AsTask());
        File.Move(_file.Path + ".away", _file.Path);

        Assert.NotNull(await _store.FindRunAsync("run", default));
        Assert.True((await _store.CreateRunAsync(Sample.Run("next"), default)).Created);
    }

    [Fact]
    public async Task A_file_that_a_newer_process_migrated_is_refused_from_the_next_transaction_on()
    {
        using (var newer = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            newer.Open();
            SqliteSchema.Execute(newer, "CREATE TABLE newer (x); PRAGMA user_version = 9999");
        }

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => _store.ClaimRunsAsync(Sample.Claim, default).AsTask());

        Assert.Contains("has schema 9999", refusal.Message);
        await Assert.ThrowsAsync<StoreRefusedException>(() => _store.FindRunAsync("run", default).AsTask());
    }
}
