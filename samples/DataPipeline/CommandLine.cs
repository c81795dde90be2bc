using System.CommandLine;
using Durable;

namespace DataPipeline;

/// <summary>The options and the exit codes: 0 all done, 1 something failed, 2 wrong usage, 130 stopped by Ctrl+C.</summary>
public static class CommandLine
{
    private static readonly Option<string> s_folder = new("--folder")
    {
        Description = "The folder for everything that the program writes: store, sales files, report.",
        DefaultValueFactory = _ => Path.Combine("artifacts", "data-pipeline"),
    };

    private static readonly Option<string?> s_input = new("--input")
    {
        Description = "Your own folder of sales files, a .csv for each region. Nobody but you corrects them.",
    };

    private static readonly Option<bool> s_goodData = new("--good-data")
    {
        Description = "Leave the bad row out of the sales files that come with the sample.",
    };

    private static readonly Option<long?> s_restore = new("--restore")
    {
        Description = "Begin a new run with what the run had recorded up to this checkpoint; what comes behind it is done anew.",
    };

    private static readonly Option<int> s_latency = new("--latency")
    {
        Description = "Milliseconds that each read of a sales file and the write of the report take: time to kill the program.",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>Parses the arguments, runs the program with them, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task> program)
    {
        var command = new RootCommand("Builds a report from sales files: fetch, transform, validate, save. What was fetched and transformed before a failure is not done again.")
        {
            s_folder, s_input, s_goodData, s_restore, s_latency,
        };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() => program(Read(parsed), cancellationToken)));

        var result = command.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));
    }

    private static Settings Read(ParseResult parsed)
    {
        var input = parsed.GetValue(s_input);
        if (string.IsNullOrWhiteSpace(parsed.GetValue(s_folder)) || input is not null && string.IsNullOrWhiteSpace(input))
            throw new UsageException("--folder and --input take the name of a folder.");
        if (input is not null && parsed.GetValue(s_goodData))
            throw new UsageException("--input and --good-data exclude each other: your own data is as it is.");
        if (parsed.GetValue(s_latency) < 0)
            throw new UsageException("--latency takes milliseconds, 0 or more.");

        return new Settings
        {
            Folder = parsed.GetRequiredValue(s_folder),
            Input = input,
            GoodData = parsed.GetValue(s_goodData),
            Restore = parsed.GetValue(s_restore),
            Latency = TimeSpan.FromMilliseconds(parsed.GetValue(s_latency)),
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
            return Fail(2, $"{exception.Message} (There are other sales files than when the run was started: use another --folder for them.)");
        }
        catch (RunFailedException)
        {
            return Fail(1, "Correct what the error names and run this again: the run goes on where it failed.");
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
