using System.CommandLine;
using Durable;

namespace Reminders;

/// <summary>The commands, the options, and the exit codes: 0 all done, 1 something failed, 2 wrong usage, 130 stopped by Ctrl+C.</summary>
public static class CommandLine
{
    private static readonly Option<string> s_store = new("--store")
    {
        Description = "The SQLite file that holds the runs.",
        DefaultValueFactory = _ => "reminders.db",
        Recursive = true,
    };

    private static readonly Option<string> s_mails = new("--mails")
    {
        Description = "The file that mails are written to.",
        DefaultValueFactory = _ => "mails.txt",
    };

    private static readonly Option<bool> s_fast = new("--fast")
    {
        Description = $"Go by a clock that is {FastClock.Factor:N0} times as fast. A store that was begun so stays with it.",
    };

    private static readonly Argument<string> s_user = new("user") { Description = $"Who confirms: {string.Join(" or ", SignUps.Users)}." };

    /// <summary>Parses the arguments, runs what they ask for, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task> work, Func<Settings, string, CancellationToken, Task> confirm)
    {
        var confirmation = new Command("confirm", "Confirms for a user, from a process of its own.") { s_user };
        confirmation.SetAction((parsed, cancellationToken) => GuardAsync(() => confirm(Read(parsed), parsed.GetRequiredValue(s_user), cancellationToken)));
        var command = new RootCommand("Welcomes two users, and reminds after 24 hours those who have not confirmed by then.") { s_store, s_mails, s_fast, confirmation };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() => work(Read(parsed), cancellationToken)));

        var result = command.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));
    }

    private static Settings Read(ParseResult parsed)
    {
        if (string.IsNullOrWhiteSpace(parsed.GetValue(s_store)) || parsed.GetValue(s_mails) is { } mails && string.IsNullOrWhiteSpace(mails))
            throw new UsageException("--store and --mails take the name of a file.");
        return new Settings { Store = parsed.GetRequiredValue(s_store), Mails = parsed.GetValue(s_mails) ?? "", Fast = parsed.GetValue(s_fast) };
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
