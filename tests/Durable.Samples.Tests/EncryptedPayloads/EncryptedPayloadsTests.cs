using System.Text;
using System.Text.Json;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests.EncryptedPayloads;

public sealed class EncryptedPayloadsTests() : Sample("EncryptedPayloads")
{
    [Fact]
    public async Task The_readme_shows_what_the_program_prints()
        => Assert.Equal(PrintedInReadme("by every run"), (await InvokeAsync()).Expect(0).Output);

    [Fact]
    public async Task It_begins_anew_each_time()
    {
        var first = (await InvokeAsync()).Expect(0);
        Assert.Equal(first.Output, (await InvokeAsync()).Expect(0).Output);
    }

    [Fact]
    public async Task The_database_that_it_leaves_holds_none_of_the_plain_text()
    {
        (await InvokeAsync("--folder", "work")).Expect(0);

        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Folder.File("work/referrals.db")));

        Assert.Contains("referral-1", bytes);
        Assert.Contains("aes-gcm", bytes);
        Assert.All(
            new[] { "Ada", "Marlowe", "Thorne", "INS-", "palpitations", "fainted", "blood pressure", "Winter", "calendar is down", "Dear colleague" },
            secret => Assert.DoesNotContain(secret, bytes));
    }

    [Fact]
    public async Task No_key_is_printed_or_stored()
    {
        var result = (await InvokeAsync("--folder", "work")).Expect(0);

        using var settings = JsonDocument.Parse(Repository.Read("samples/EncryptedPayloads/appsettings.json"), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var keys = settings.RootElement.GetProperty("PayloadKeys").GetProperty("Keys").EnumerateObject().Select(key => key.Value.GetString()!).ToList();
        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Folder.File("work/referrals.db")));
        Assert.Equal(2, keys.Count);
        Assert.All(keys, key =>
        {
            // Whoever finds it in use knows what it is.
            Assert.StartsWith("DEMO KEY", Encoding.ASCII.GetString(Convert.FromBase64String(key)), StringComparison.Ordinal);
            Assert.DoesNotContain(key, result.Output + result.Errors + bytes);
            Assert.DoesNotContain("DEMO KEY", result.Output + result.Errors + bytes);
        });
    }

    [Fact]
    public async Task A_blank_folder_is_refused() => Assert.Contains("--folder", (await InvokeAsync("--folder", " ")).Expect(2).Errors);

    [Fact]
    public async Task Everything_is_written_below_one_folder_that_git_ignores()
    {
        (await InvokeAsync()).Expect(0);
        Assert.Equal([Folder.File("artifacts")], Directory.GetFileSystemEntries(Folder.Path));
    }
}
