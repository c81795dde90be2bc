using System.Text.Json;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

public sealed class MultiStepOperationsTests() : Sample("MultiStepOperations")
{
    private const string FirstStepFails = "first-step-fails";
    private const string SecondStepFails = "second-step-fails";
    private const string AnswerLost = "answer-lost";

    public static TheoryData<string> EachSituation => [FirstStepFails, SecondStepFails, AnswerLost];

    [Theory]
    [InlineData(FirstStepFails, "first-step-fails 1 Failed 1 0", "2 Completed 1 1")]
    [InlineData(SecondStepFails, "second-step-fails 1 Failed 1 1", "2 Completed 0 1")]
    [InlineData(AnswerLost, "answer-lost 1 Completed 1 1", "2 Completed 0 0")]
    public async Task The_table_says_which_bodies_ran_in_each_call(string situation, params string[] lines)
    {
        var result = (await InvokeAsync("--situation", situation)).Expect(0);

        Assert.Equal(lines, TableOf(result));
    }

    [Theory]
    [InlineData(FirstStepFails, "CreateUser Refused", "CreateUser Created", "CreateProfile Created", "Connection Delivered")]
    [InlineData(SecondStepFails, "CreateUser Created", "CreateProfile Refused", "CreateProfile Created", "Connection Delivered")]
    [InlineData(AnswerLost, "CreateUser Created", "CreateProfile Created", "Connection Lost", "Connection Delivered")]
    public async Task Only_what_was_not_done_reaches_the_services_again(string situation, params string[] calls)
    {
        (await InvokeAsync("--situation", situation)).Expect(0);

        Assert.Equal(calls, ReadLedger().Select(call => $"{call.Place} {call.Answer}"));
    }

    [Theory]
    [InlineData(FirstStepFails, "CreateUser")]
    [InlineData(SecondStepFails, "CreateProfile")]
    public async Task A_step_that_runs_again_carries_the_same_token(string situation, string step)
    {
        (await InvokeAsync("--situation", situation)).Expect(0);

        var tokens = ReadLedger().Where(call => call.Place == step).Select(call => call.Token).ToArray();
        Assert.Equal(2, tokens.Length);
        Assert.Single(tokens.Distinct());
        Assert.NotNull(tokens[0]);
    }

    [Theory]
    [InlineData(FirstStepFails, "call 1  Failed     MultiStepOperations.ServiceDownException: The user service is down.")]
    [InlineData(SecondStepFails, "call 1  Failed     MultiStepOperations.ServiceDownException: The profile service is down.")]
    [InlineData(AnswerLost, "call 1  Completed  MultiStepOperations.ConnectionLostException: The answer got lost on its way.")]
    public async Task The_first_call_shows_its_error_and_the_second_gets_the_answer(string situation, string firstCall)
    {
        var result = (await InvokeAsync("--situation", situation)).Expect(0);

        Assert.Contains(firstCall, result.Output);
        Assert.Matches(@"\n  call 2  Completed  user-(\w+), profile-of-user-\1\n", result.Output);
    }

    [Fact]
    public async Task A_second_invocation_is_answered_from_the_store()
    {
        (await InvokeAsync()).Expect(0);
        var services = ReadLedger().Where(call => call.Place != "Connection").ToArray();

        var second = (await InvokeAsync()).Expect(0);

        Assert.Equal(["first-step-fails 1 Completed 0 0", "second-step-fails 1 Completed 0 0", "answer-lost 1 Completed 0 0"], TableOf(second));
        Assert.Equal(services, ReadLedger().Where(call => call.Place != "Connection"));
        Assert.EndsWith(PrintedInReadme("by the second run"), second.Output);
    }

    [Fact]
    public async Task The_readme_shows_what_the_first_run_prints()
        => Assert.Equal(PrintedInReadme("by the first run"), (await InvokeAsync()).Expect(0).Output);

    [Fact]
    public async Task The_readme_shows_what_is_printed_after_a_kill()
    {
        (await InvokeAsync("--situation", SecondStepFails, "--kill")).Expect(ChildResult.Killed);

        var second = (await InvokeAsync("--situation", SecondStepFails)).Expect(0);

        Assert.Equal(PrintedInReadme("after the kill"), second.Output);
    }

    [Theory]
    [InlineData(FirstStepFails, "1 Completed 1 1")]
    [InlineData(SecondStepFails, "1 Completed 0 1")]
    [InlineData(AnswerLost, "1 Completed 0 0")]
    public async Task After_a_kill_the_next_process_does_only_what_is_left(string situation, string line)
    {
        (await InvokeAsync("--situation", situation, "--kill")).Expect(ChildResult.Killed);

        var second = (await InvokeAsync("--situation", situation)).Expect(0);

        Assert.Equal([$"{situation} {line}"], TableOf(second));
    }

    [Fact]
    public async Task Each_situation_kills_once_and_then_all_is_done()
    {
        for (var kill = 0; kill < EachSituation.Count; kill++)
            (await InvokeAsync("--kill")).Expect(ChildResult.Killed);

        (await InvokeAsync("--kill")).Expect(0);

        Assert.Equal(6, ReadLedger().Count(call => call.Answer == "Created"));
        Assert.DoesNotContain(ReadLedger(), call => call.Answer == "Known");
    }

    [Theory, MemberData(nameof(EachSituation))]
    public async Task A_recorded_step_that_is_missing_in_the_ledger_is_a_broken_promise(string situation)
    {
        (await InvokeAsync("--situation", situation)).Expect(0);

        var second = (await InvokeAsync("--situation", situation, "--ledger", "other.jsonl")).Expect(1);

        Assert.Contains($"{situation}: the ledger shows 0 creations by CreateUser", second.Errors);
        Assert.DoesNotContain("As promised", second.Output);
    }

    [Fact]
    public async Task A_user_that_was_created_twice_is_a_broken_promise()
    {
        (await InvokeAsync("--situation", SecondStepFails)).Expect(0);
        var created = File.ReadLines(Folder.File("sign-ups.jsonl")).First();
        File.AppendAllText(Folder.File("sign-ups.jsonl"), created + "\n");

        var second = (await InvokeAsync("--situation", SecondStepFails)).Expect(1);

        Assert.Contains("the ledger shows 2 creations by CreateUser for grace instead of one", second.Errors);
    }

    [Fact]
    public async Task A_call_that_is_never_answered_is_a_broken_promise()
    {
        var result = (await InvokeAsync("--situation", FirstStepFails, "--ledger", Path.Combine("nowhere", "ledger.jsonl"))).Expect(1);

        Assert.Contains("first-step-fails: no call was answered: System.IO.DirectoryNotFoundException", result.Errors);
    }

    [Theory]
    [InlineData("There is no situation 'x'. The situations are: first-step-fails, second-step-fails, answer-lost.", "--situation", "x")]
    [InlineData("--store and --ledger take the name of a file.", "--store", " ")]
    [InlineData("--store and --ledger take the name of a file.", "--ledger", "")]
    [InlineData("--situatio", "--situatio", "x")]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await InvokeAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    /// <summary>The lines of the table, each as its cells with one blank between them.</summary>
    private static IEnumerable<string> TableOf(ChildResult result)
        => result.Output.Split('\n').SkipWhile(line => !line.StartsWith("situation ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.Length > 0).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private IReadOnlyList<Call> ReadLedger()
        => [.. File.ReadLines(Folder.File("sign-ups.jsonl")).Select(line => JsonSerializer.Deserialize<Call>(line, JsonSerializerOptions.Web)!)];

    /// <summary>A line of the ledger.</summary>
    private sealed record Call(string Username, string Place, string Answer, string? Token);
}
