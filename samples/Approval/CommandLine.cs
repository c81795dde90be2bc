using System.CommandLine;
using Durable;

namespace Approval;

/// <summary>The commands, the options, and the exit codes: 0 all done, 1 refused or failed, 2 wrong usage, 130 stopped by Ctrl+C.</summary>
public static class CommandLine
{
    private static readonly Option<string> s_store = new("--store")
    {
        Description = "The SQLite file that holds the runs.",
        DefaultValueFactory = _ => "refunds.db",
        Recursive = true,
    };

    private static readonly Option<string> s_payments = new("--payments")
    {
        Description = "The file that stands for the payment provider.",
        DefaultValueFactory = _ => "payments.txt",
        Recursive = true,
    };

    private static readonly Option<TimeSpan> s_within = new("--within")
    {
        Description = "How long a human has to decide, as hh:mm:ss.",
        DefaultValueFactory = _ => TimeSpan.FromDays(3),
    };

    private static readonly Option<bool> s_wait = new("--wait") { Description = "Wait until there is one." };

    private static readonly Option<string> s_by = new("--by") { Description = "Who decides.", DefaultValueFactory = _ => Environment.UserName };

    private static readonly Argument<string> s_order = new("order") { Description = "The order." };
    private static readonly Argument<decimal> s_amount = new("amount") { Description = $"How much the customer gets back. Over {RefundWorkflow.Limit} a human is asked." };
    private static readonly Argument<string> s_request = new("request") { Description = "The id of the request, from the list." };
    private static readonly Argument<string> s_reason = new("reason") { Description = "Why not." };

    /// <summary>Parses the arguments, runs what they ask for, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task> work, Func<Settings, Func<RefundDesk, Task>, Task> visitDesk)
    {
        var worker = new Command("worker", "Executes refunds until it is stopped.");
        worker.SetAction((parsed, cancellationToken) => GuardAsync(() => work(Read(parsed), cancellationToken)));
        var root = new RootCommand("Pays money back; over a limit a human is asked. One process works, others start, list and answer.")
        {
            s_store, s_payments, worker,
            AtDesk("start", "Starts a refund.", [s_order, s_amount, s_within], (desk, parsed, token) => desk.StartAsync(Refund(parsed), token)),
            AtDesk("list", "Lists the requests that wait for an answer.", [s_wait], (desk, parsed, token) => desk.ListAsync(parsed.GetValue(s_wait), token)),
            AtDesk("approve", "Answers a request with yes.", [s_request, s_by], (desk, parsed, token) => desk.ApproveAsync(parsed.GetRequiredValue(s_request), parsed.GetRequiredValue(s_by), token)),
            AtDesk("reject", "Answers a request with no.", [s_request, s_reason], (desk, parsed, token) => desk.RejectAsync(parsed.GetRequiredValue(s_request), parsed.GetRequiredValue(s_reason), token)),
            AtDesk("show", "Waits for the end of a refund.", [s_order], (desk, parsed, token) => desk.ShowAsync(parsed.GetRequiredValue(s_order), token)),
        };

        var result = root.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));

        Command AtDesk(string name, string description, IEnumerable<Symbol> symbols, Func<RefundDesk, ParseResult, CancellationToken, Task> action)
        {
            var command = new Command(name, description);
            foreach (var argument in symbols.OfType<Argument>())
                command.Add(argument);
            foreach (var option in symbols.OfType<Option>())
                command.Add(option);
            command.SetAction((parsed, cancellationToken) => GuardAsync(() => visitDesk(Read(parsed), desk => action(desk, parsed, cancellationToken))));
            return command;
        }
    }

    private static Settings Read(ParseResult parsed)
        => string.IsNullOrWhiteSpace(parsed.GetValue(s_store)) || string.IsNullOrWhiteSpace(parsed.GetValue(s_payments))
            ? throw new UsageException("--store and --payments take the name of a file.")
            : new Settings(parsed.GetRequiredValue(s_store), parsed.GetRequiredValue(s_payments));

    private static Refund Refund(ParseResult parsed)
    {
        var refund = new Refund(parsed.GetRequiredValue(s_order), parsed.GetValue(s_amount), parsed.GetValue(s_within));
        if (string.IsNullOrWhiteSpace(refund.Order) || refund.Amount <= 0 || refund.AnswerWithin <= TimeSpan.Zero)
            throw new UsageException("A refund has an order, and an amount and a time to answer above zero.");
        return refund;
    }

    private static async Task<int> GuardAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (UsageException exception)
        {
            return Fail(2, exception.Message);
        }
        catch (Exception exception) when (exception is DurableException or IOException or UnauthorizedAccessException)
        {
            return Fail(1, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(130, "Stopped. Nothing is lost: run it again to go on.");
        }
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
