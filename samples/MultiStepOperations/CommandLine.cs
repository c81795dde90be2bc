using System.CommandLine;
using Durable;

namespace MultiStepOperations;

/// <summary>The options and the exit codes: 0 all as promised, 1 something was not, 2 wrong usage, 130 stopped by Ctrl+C, 137 killed on request.</summary>
public static class CommandLine
{
    private static readonly Option<string> s_store = new("--store")
    {
        Description = "The SQLite file that holds the runs.",
        DefaultValueFactory = _ => "sign-ups.db",
    };

    private static readonly Option<string> s_ledger = new("--ledger")
    {
        Description = "The file where the outside services note each call.",
        DefaultValueFactory = _ => "sign-ups.jsonl",
    };

    private static readonly Option<string?> s_situation = new("--situation")
    {
        Description = $"Only this situation: {string.Join(", ", Situation.All.Select(situation => situation.Name))}.",
    };

    private static readonly Option<bool> s_kill = new("--kill")
    {
        Description = "Kill this process where the trouble strikes, instead of throwing an exception there.",
    };

    /// <summary>Parses the arguments, runs the program with them, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task> program)
    {
        var command = new RootCommand("Creates users and then their profiles, through failures in three places: what is done is not done again.")
        {
            s_store, s_ledger, s_situation, s_kill,
        };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() => program(Read(parsed), cancellationToken)));

        var result = command.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));
    }

    private static Settings Read(ParseResult parsed)
    {
        if (string.IsNullOrWhiteSpace(parsed.GetValue(s_store)) || string.IsNullOrWhiteSpace(parsed.GetValue(s_ledger)))
            throw new UsageException("--store and --ledger take the name of a file.");

        return new Settings
        {
            Store = parsed.GetRequiredValue(s_store),
            Ledger = parsed.GetRequiredValue(s_ledger),
            Situations = parsed.GetValue(s_situation) is { } name ? [Find(name)] : Situation.All,
            Kill = parsed.GetValue(s_kill),
        };
    }

    private static Situation Find(string name)
        => Situation.All.FirstOrDefault(situation => situation.Name == name)
            ?? throw new UsageException($"There is no situation '{name}'. The situations are: {string.Join(", ", Situation.All.Select(situation => situation.Name))}.");

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
        catch (Exception exception) when (exception is PromiseBrokenException or DurableException or IOException or UnauthorizedAccessException)
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
