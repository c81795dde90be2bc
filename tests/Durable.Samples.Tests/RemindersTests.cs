using System.Globalization;
using System.Text.RegularExpressions;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

public sealed partial class RemindersTests() : Sample("Reminders")
{
    [Fact]
    public async Task The_readme_shows_what_a_fast_run_prints()
        => Assert.Equal(Timeless(PrintedInReadme("by a fast run")), Timeless((await InvokeAsync("--fast")).Expect(0).Output));

    [Fact]
    public async Task Who_has_not_confirmed_is_reminded_no_earlier_than_after_a_day()
    {
        (await InvokeAsync("--fast")).Expect(0);

        Assert.Equal(["reminder grace", "welcome ada", "welcome grace"], Mails());
        Assert.True(TimeOf("reminder grace") - TimeOf("welcome grace") >= TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task A_kill_while_it_waits_repeats_nothing_and_forgets_nothing()
    {
        using (var first = Start("--fast"))
        {
            await first.WaitForLineWithAsync("ada confirms");
            first.Kill();
            (await first.WaitAsync()).Expect(ChildResult.Killed);
        }

        var second = (await InvokeAsync("--fast")).Expect(0);

        Assert.DoesNotContain("welcome", second.Output);
        Assert.Contains("ada    confirmed (link)", second.Output);
        Assert.Equal(["reminder grace", "welcome ada", "welcome grace"], Mails());
    }

    [Fact]
    public async Task Another_process_confirms_while_the_worker_runs()
    {
        using var worker = Start(); // In real time: it waits for a day unless both confirm.
        await worker.WaitForLineWithAsync("welcome to ada");
        await worker.WaitForLineWithAsync("welcome to grace");

        (await InvokeAsync("confirm", "grace")).Expect(0);
        (await InvokeAsync("confirm", "ada")).Expect(0);

        Assert.EndsWith("ada    confirmed (desk)\ngrace  confirmed (desk)", (await worker.WaitAsync()).Expect(0).Output);
        Assert.Equal(["welcome ada", "welcome grace"], Mails());
    }

    [Fact]
    public async Task What_is_confirmed_while_nothing_runs_counts()
    {
        using (var first = Start())
        {
            await first.WaitForLineWithAsync("welcome to ada");
            await first.WaitForLineWithAsync("welcome to grace");
            first.Kill();
            (await first.WaitAsync()).Expect(ChildResult.Killed);
        }

        (await InvokeAsync("confirm", "grace")).Expect(0);
        (await InvokeAsync("confirm", "grace")).Expect(0);
        (await InvokeAsync("confirm", "ada")).Expect(0);

        Assert.Equal("ada    confirmed (desk)\ngrace  confirmed (desk)", (await InvokeAsync()).Expect(0).Output);
        (await InvokeAsync("confirm", "ada")).Expect(0); // The same once more, as far as anybody can tell.
    }

    [Fact]
    public async Task When_the_day_is_over_nothing_is_sent_again_and_a_confirmation_is_refused()
    {
        (await InvokeAsync("--fast")).Expect(0);

        Assert.Equal("ada    confirmed (link)\ngrace  was reminded", (await InvokeAsync()).Expect(0).Output);
        Assert.Contains("has ended", (await InvokeAsync("confirm", "grace")).Expect(1).Errors);
        Assert.Equal(["reminder grace", "welcome ada", "welcome grace"], Mails());
    }

    [Theory]
    [InlineData("--store and --mails take the name of a file.", "--store", " ")]
    [InlineData("--store and --mails take the name of a file.", "--mails", "")]
    [InlineData("There is no store 'reminders.db'.", "confirm", "ada")]
    [InlineData("--slow", "--slow")]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await InvokeAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    // The two users go their ways beside each other, and no two runs take the same time.
    private static IEnumerable<string> Timeless(string output) => output.Split('\n').Select(line => Time().Replace(line, "")).Order(StringComparer.Ordinal);

    private IEnumerable<string> Mails() => Lines().Select(line => $"{line[1]} {line[2]}").Order(StringComparer.Ordinal);

    private DateTimeOffset TimeOf(string mail) => DateTimeOffset.Parse(Lines().Single(line => $"{line[1]} {line[2]}" == mail)[0], CultureInfo.InvariantCulture);

    private IEnumerable<string[]> Lines() => File.ReadLines(Folder.File("mails.txt")).Select(line => line.Split(' '));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d  ")]
    private static partial Regex Time();
}
