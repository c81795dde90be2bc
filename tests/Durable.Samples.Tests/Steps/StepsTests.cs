using System.Text.RegularExpressions;
using Durable.TestKit;
using Durable.TestKit.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Samples.Tests.Steps;

public sealed partial class StepsTests() : Sample("Steps")
{
    private static readonly string[] s_examples =
    [
        "first-step", "named", "inline", "configuration", "backoff", "chosen-errors", "at-least-once", "at-most-once", "at-most-once-per-attempt",
        "sequence", "error-handling", "failed-run", "custom-serialization", "recorded-chance",
    ];

    public static TheoryData<string> EachExample => [.. s_examples];

    [Theory, MemberData(nameof(EachExample))]
    public async Task The_readme_shows_what_an_example_prints(string example)
        => Assert.Equal(WithoutChance(PrintedInReadme($"by {example}")), WithoutChance((await InvokeAsync(example)).Expect(0).Output));

    [Fact]
    public async Task Without_an_argument_the_examples_are_listed()
    {
        var result = (await InvokeAsync()).Expect(0);

        Assert.Equal(PrintedInReadme("by list"), result.Output);
        Assert.Equal(s_examples, result.Output.Split('\n').Skip(1).Select(line => line.Trim().Split(' ')[0]));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    [Fact]
    public async Task All_plays_one_after_the_other()
        => Assert.Equal(
            WithoutChance(string.Join('\n', s_examples.Select(example => PrintedInReadme($"by {example}")))),
            WithoutChance((await InvokeAsync("all")).Expect(0).Output));

    [Fact]
    public void The_readme_has_a_section_for_each_example()
        => Assert.All(s_examples, example => Assert.Contains($"\n## {example}\n", Repository.Read("samples/Steps/README.md")));

    [Fact]
    public async Task No_attempt_begins_before_its_delay_has_passed()
    {
        (await InvokeAsync("backoff")).Expect(0);

        await using var services = new ServiceCollection().AddDurableClient(durable => durable.UseSqlite(Folder.File("artifacts/steps/backoff.db"))).BuildServiceProvider();
        var attempts = await services.GetRequiredService<IDurableClient>().GetRun("backoff").GetCheckpointsAsync();
        int[] delays = [50, 100, 200, 400, 500];
        Assert.Equal(delays.Length + 1, attempts.Count);
        Assert.All(delays.Zip(attempts, attempts.Skip(1)), attempt =>
        {
            Assert.True(attempt.Second.DueAt >= attempt.Second.CompletedAt.AddMilliseconds(attempt.First));
            Assert.True(attempt.Third.StartedAt >= attempt.Second.DueAt);
        });
    }

    [Theory]
    [InlineData("at-least-once")]
    [InlineData("at-most-once")]
    [InlineData("at-most-once-per-attempt")]
    public async Task The_card_is_charged_once(string example)
    {
        (await InvokeAsync(example)).Expect(0);

        Assert.Single(await File.ReadAllLinesAsync(Folder.File($"artifacts/steps/{example}.txt")));
    }

    [Fact]
    public async Task An_example_begins_anew_each_time()
    {
        (await InvokeAsync("at-most-once", "--folder", "mine")).Expect(0);

        Assert.Equal(PrintedInReadme("by at-most-once"), (await InvokeAsync("at-most-once", "--folder", "mine")).Expect(0).Output);
    }

    [Fact]
    public async Task The_first_process_is_killed()
    {
        var killed = (await InvokeAsync("sequence", "--die")).Expect(ChildResult.Killed);

        Assert.Equal("  fetching user-7\n  validating Jo Marsh\n  ... and the process is killed. Another goes on:", killed.Output);
    }

    [Theory]
    [InlineData("There is no example 'backof'.", "backof")]
    [InlineData("--folder takes the name of a folder.", "backoff", "--folder", " ")]
    [InlineData("--die goes with one of at-least-once, ", "backoff", "--die")]
    [InlineData("--die goes with one of at-least-once, ", "all", "--die")]
    [InlineData("--dye", "backoff", "--dye")]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await InvokeAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    // A number that was drawn is another one each time.
    private static string WithoutChance(string output) => Drawn().Replace(output, "some number");

    [GeneratedRegex(@"(?<=/DrawNumber +)\d+")]
    private static partial Regex Drawn();
}
