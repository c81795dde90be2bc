using System.CommandLine;
using Durable;

namespace OrderProcessing;

/// <summary>The options and the exit codes: 0 all done, 1 something failed, 2 wrong usage, 130 stopped by Ctrl+C, 137 crashed on request.</summary>
public static class CommandLine
{
    private static readonly Option<string> s_store = new("--store")
    {
        Description = "The SQLite file that holds the runs.",
        DefaultValueFactory = _ => "orders.db",
    };

    private static readonly Option<string> s_ledger = new("--ledger")
    {
        Description = "The file where the outside services note each call.",
        DefaultValueFactory = _ => "ledger.jsonl",
    };

    private static readonly Option<string> s_orders = new("--orders")
    {
        Description = "The JSON list of orders to process.",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "orders.json"),
    };

    private static readonly Option<bool> s_batch = new("--batch")
    {
        Description = "Ship 100 orders in one run instead, where the 50th fails on first contact.",
    };

    private static readonly Option<int?> s_atOnce = new("--at-once")
    {
        Description = "With --batch: how many orders are shipped at a time, by a map instead of a loop.",
        HelpName = "orders",
    };

    private static readonly Option<string?> s_crashAfter = new("--crash-after")
    {
        Description = "Kill this process right after this step's outcome is committed, for an order in the middle.",
    };

    private static readonly Option<string?> s_crashIn = new("--crash-in")
    {
        Description = "Kill this process inside this step's body, for an order in the middle.",
    };

    private static readonly Option<int?> s_chaos = new("--chaos")
    {
        Description = "Let the payment gateway refuse one call in four, at random; with a seed, the same calls each time.",
        HelpName = "seed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_refuse = new("--refuse")
    {
        Description = "The id of an order that the archive does not take: its charge is refunded.",
    };

    private static readonly Option<int> s_latency = new("--latency")
    {
        Description = "Milliseconds that each call of an outside service takes.",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>Parses the arguments, runs the program with them, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task> program)
    {
        var command = new RootCommand("Processes orders durably: kill it at any time, run it again, and each customer is charged once.")
        {
            s_store, s_ledger, s_orders, s_batch, s_atOnce, s_crashAfter, s_crashIn, s_chaos, s_refuse, s_latency,
        };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() => program(Read(parsed), cancellationToken)));

        var result = command.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));
    }

    private static Settings Read(ParseResult parsed)
    {
        var (after, inside) = (parsed.GetValue(s_crashAfter), parsed.GetValue(s_crashIn));
        var steps = parsed.GetValue(s_batch) ? StepNames.OfBatch : StepNames.OfOrders;
        if (after is not null && inside is not null)
            throw new UsageException("--crash-after and --crash-in exclude each other: a process dies once.");
        if ((after ?? inside) is { } step && !steps.Contains(step))
            throw new UsageException($"There is no step '{step}' to crash at. The steps are: {string.Join(", ", steps)}.");
        if (string.IsNullOrWhiteSpace(parsed.GetValue(s_store)) || string.IsNullOrWhiteSpace(parsed.GetValue(s_ledger)))
            throw new UsageException("--store and --ledger take the name of a file.");
        if (parsed.GetValue(s_latency) < 0)
            throw new UsageException("--latency takes milliseconds, 0 or more.");
        var isChaotic = parsed.GetResult(s_chaos) is not null;
        if (parsed.GetValue(s_batch) && (isChaotic || parsed.GetValue(s_refuse) is not null))
            throw new UsageException("--batch excludes --chaos and --refuse: the batch charges nobody.");

        var atOnce = parsed.GetValue(s_atOnce);
        if (atOnce is not null && !parsed.GetValue(s_batch))
            throw new UsageException("--at-once goes with --batch: elsewhere each order is a run of its own.");
        if (atOnce < 1)
            throw new UsageException("--at-once takes a number of orders, 1 or more.");

        return new Settings
        {
            Store = parsed.GetRequiredValue(s_store),
            Ledger = parsed.GetRequiredValue(s_ledger),
            Orders = parsed.GetRequiredValue(s_orders),
            Batch = parsed.GetValue(s_batch),
            AtOnce = atOnce,
            Latency = TimeSpan.FromMilliseconds(parsed.GetValue(s_latency)),
            Chaos = isChaotic ? parsed.GetValue(s_chaos) ?? Random.Shared.Next() : null,
            RefusedOrder = parsed.GetValue(s_refuse),
            CrashPoint = after is not null ? CrashPoint.AfterStep : inside is not null ? CrashPoint.InStep : CrashPoint.Never,
            CrashStep = after ?? inside,
        };
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
        catch (RunConflictException exception)
        {
            return Fail(2, $"{exception.Message} (The orders file changed since the store was filled.)");
        }
        catch (DurableException exception)
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
