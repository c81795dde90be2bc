using System.Globalization;
using System.Text.Json;
using Durable;

namespace Approval;

/// <summary>What people at the console do. All of it goes through a client; a worker need not run meanwhile.</summary>
public sealed class RefundDesk(IDurableClient client, TimeProvider clock)
{
    private static readonly RequestFilter s_refunds = new() { Name = RefundWorkflow.Request };
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    public async Task StartAsync(Refund refund, CancellationToken cancellationToken)
    {
        // The run is named after the order: starting it again finds the one that exists.
        await client.StartAsync(RefundWorkflow.RefundCall(refund), RunId(refund.Order), cancellationToken: cancellationToken);
        Console.WriteLine($"The refund of {refund.Order} is on its way.");
    }

    /// <summary>Prints the requests that wait for an answer, oldest first.</summary>
    /// <param name="waits">True to wait until there is one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task ListAsync(bool waits, CancellationToken cancellationToken)
    {
        var requests = await client.ListRequestsAsync(s_refunds, cancellationToken: cancellationToken);
        while (waits && requests.Count == 0)
        {
            await Task.Delay(s_patience, clock, cancellationToken);
            requests = await client.ListRequestsAsync(s_refunds, cancellationToken: cancellationToken);
        }

        if (requests.Count == 0)
            Console.WriteLine("Nobody waits for an answer.");
        foreach (var request in requests)
        {
            var question = JsonSerializer.Deserialize(request.Payload.Span, QuestionJson.Default.RefundQuestion)!;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.RequestId}  {question.Order}: {question.Amount}, over the limit of {question.Limit}; asked {request.Age.TotalMinutes:0} minutes ago, until {request.DueAt:u}"));
        }
    }

    /// <exception cref="RequestException">There is no such request, or it was answered before, or it can no longer be answered.</exception>
    public async Task ApproveAsync(string request, string by, CancellationToken cancellationToken)
    {
        await client.AnswerRequestAsync(request, new RefundDecision(by), cancellationToken);
        Console.WriteLine("Approved.");
    }

    /// <exception cref="RequestException">There is no such request, or it was answered before, or it can no longer be answered.</exception>
    public async Task RejectAsync(string request, string reason, CancellationToken cancellationToken)
    {
        await client.RejectRequestAsync(request, reason, cancellationToken);
        Console.WriteLine("Rejected.");
    }

    /// <summary>Waits until the refund is decided and done, and says what came of it.</summary>
    /// <exception cref="RunNotFoundException">There is no refund of this order.</exception>
    public async Task ShowAsync(string order, CancellationToken cancellationToken)
        => Console.WriteLine($"{order}: {await client.GetRun<string>(RunId(order)).GetResultAsync(cancellationToken)}");

    private static string RunId(string order) => $"refund-{order}";
}
