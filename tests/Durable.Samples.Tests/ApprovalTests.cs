using System.Text.RegularExpressions;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

public sealed partial class ApprovalTests() : Sample("Approval")
{
    [Fact]
    public async Task A_refund_within_the_limit_is_paid_without_a_question()
    {
        using var worker = await WorkAsync();
        (await InvokeAsync("start", "order-6", "40")).Expect(0);

        Assert.Equal("order-6: paid: within the limit", await ShowAsync("order-6"));
        Assert.Equal("Nobody waits for an answer.", (await InvokeAsync("list")).Expect(0).Output);
        Assert.Equal(["order-6 gets 40 back"], Payments());
    }

    [Fact]
    public async Task A_refund_over_the_limit_is_paid_when_another_process_has_approved_it()
    {
        using var worker = await WorkAsync();
        var request = await AskAsync("order-7", "250");

        Assert.False(File.Exists(Folder.File("payments.txt")));
        (await InvokeAsync("approve", request, "--by", "Eve")).Expect(0);

        Assert.Equal("order-7: paid: approved by Eve", await ShowAsync("order-7"));
        Assert.Equal(["order-7 gets 250 back"], Payments());
    }

    [Fact]
    public async Task The_list_shows_the_question()
    {
        using var worker = await WorkAsync();
        (await InvokeAsync("start", "order-7", "250.50")).Expect(0);

        Assert.Matches("^[0-9a-f]{32}  order-7: 250.50, over the limit of 100; asked 0 minutes ago, until ", (await InvokeAsync("list", "--wait")).Expect(0).Output);
    }

    [Fact]
    public async Task A_rejected_refund_is_not_paid_and_the_customer_is_told_why()
    {
        using var worker = await WorkAsync();
        var request = await AskAsync("order-7", "250");

        (await InvokeAsync("reject", request, "not our fault")).Expect(0);

        Assert.Equal("order-7: not paid: not our fault", await ShowAsync("order-7"));
        Assert.Equal(["order-7 gets nothing: not our fault"], Payments());
    }

    [Fact]
    public async Task A_request_survives_the_worker_and_is_answered_once()
    {
        string request;
        using (var first = await WorkAsync())
        {
            request = await AskAsync("order-7", "250");
            first.Kill();
            (await first.WaitAsync()).Expect(ChildResult.Killed);
        }

        Assert.Equal(request, IdIn((await InvokeAsync("list")).Expect(0)));
        using var second = await WorkAsync();
        Assert.Equal(request, IdIn((await InvokeAsync("list")).Expect(0)));
        (await InvokeAsync("approve", request, "--by", "Eve")).Expect(0);
        var again = (await InvokeAsync("reject", request, "changed my mind")).Expect(1);

        Assert.Contains("was answered before", again.Errors);
        Assert.Equal("order-7: paid: approved by Eve", await ShowAsync("order-7"));
        Assert.Equal(["order-7 gets 250 back"], Payments());
    }

    [Fact]
    public async Task An_answer_that_comes_while_nobody_works_is_kept()
    {
        using (var first = await WorkAsync())
        {
            var request = await AskAsync("order-7", "250");
            first.Kill();
            (await first.WaitAsync()).Expect(ChildResult.Killed);
            (await InvokeAsync("approve", request, "--by", "Eve")).Expect(0);
        }

        using var second = await WorkAsync();

        Assert.Equal("order-7: paid: approved by Eve", await ShowAsync("order-7"));
    }

    [Fact]
    public async Task Without_an_answer_in_time_nothing_is_paid_and_a_late_one_is_refused()
    {
        using var worker = await WorkAsync();
        var request = await AskAsync("order-8", "300", "--within", "00:00:08"); // Long enough to be listed on a busy machine.

        Assert.Equal("order-8: not paid: nobody has decided in time", await ShowAsync("order-8"));
        Assert.Contains("can no longer be answered", (await InvokeAsync("approve", request)).Expect(1).Errors);
        Assert.Equal(["order-8 gets nothing: nobody has decided in time"], Payments());
    }

    [Fact]
    public async Task A_refund_that_is_started_again_is_the_same_and_with_another_amount_refused()
    {
        (await InvokeAsync("start", "order-7", "250")).Expect(0);
        (await InvokeAsync("start", "order-7", "250.00")).Expect(0);

        Assert.Contains("exists already with other arguments", (await InvokeAsync("start", "order-7", "251")).Expect(1).Errors);
    }

    [Fact]
    public async Task A_request_that_does_not_exist_is_refused()
        => Assert.Contains("There is no request 'x'", (await InvokeAsync("approve", "x")).Expect(1).Errors);

    [Theory]
    [InlineData("--store and --payments take the name of a file.", "list", "--store", " ")]
    [InlineData("A refund has an order", "start", "order-7", "0")]
    [InlineData("A refund has an order", "start", "order-7", "5", "--within", "00:00:00")]
    [InlineData("much", "start", "order-7", "much")]
    [InlineData("pay", "pay")]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await InvokeAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    private async Task<ChildProcess> WorkAsync()
    {
        var worker = Start("worker");
        await worker.WaitForLineWithAsync("Working on");
        return worker;
    }

    /// <summary>Starts a refund over the limit.</summary>
    /// <returns>The id of its request.</returns>
    private async Task<string> AskAsync(params string[] refund)
    {
        (await InvokeAsync(["start", .. refund])).Expect(0);
        return IdIn((await InvokeAsync("list", "--wait")).Expect(0));
    }

    private async Task<string> ShowAsync(string order) => (await InvokeAsync("show", order)).Expect(0).Output;

    private static string IdIn(ChildResult list) => Id().Match(list.Output) is { Success: true } id ? id.Value : throw new InvalidOperationException($"No request is listed. {list}");

    private IEnumerable<string> Payments() => File.ReadLines(Folder.File("payments.txt")).Select(line => line[(line.IndexOf(' ') + 1)..]);

    [GeneratedRegex("^[0-9a-f]{32}(?=  order-)", RegexOptions.Multiline)]
    private static partial Regex Id();
}
