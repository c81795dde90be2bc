using Durable.Testing;

namespace Durable.Sqlite.Tests;

public sealed class ReadOnlyTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_file_that_may_not_be_written_is_refused_at_the_start_and_left_as_it_is()
    {
        await OpenAsync();
        var before = await File.ReadAllBytesAsync(_file.Path);
        using (ReadOnlyPlace.File(_file.Path))
        {
            var refusal = await Assert.ThrowsAnyAsync<StoreException>(OpenAsync);

            Assert.Contains(_file.Path, refusal.Message);
            Assert.Contains("Give", refusal.Message);
            Assert.Contains("write access", refusal.Message);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_file.Path));
        await OpenAsync();
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_an_error_that_says_what_is_needed()
    {
        await OpenAsync();
        using (ReadOnlyPlace.Folder(_file.Directory))
        {
            var failure = await Assert.ThrowsAnyAsync<StoreException>(OpenAsync);

            Assert.Contains(_file.Path, failure.Message);
            Assert.Contains("access to", failure.Message);
            Assert.Contains("directory", failure.Message);
        }

        await OpenAsync();
    }

    [Fact]
    public async Task A_new_file_in_a_folder_that_may_not_be_written_is_an_error_that_says_what_is_needed()
    {
        using var folder = ReadOnlyPlace.Folder(_file.Directory);

        var failure = await Assert.ThrowsAnyAsync<StoreException>(OpenAsync);

        Assert.Contains(_file.Path, failure.Message);
        Assert.Contains("write access to the directory", failure.Message);
    }

    private async Task OpenAsync()
    {
        await using var store = _file.Store(new ManualClock());
        await store.InitializeAsync(default);
    }
}
