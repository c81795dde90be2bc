using System.CommandLine;
using Durable;

namespace Steps;

/// <summary>The arguments and the exit codes: 0 all done, 1 something failed, 2 wrong usage, 130 stopped by Ctrl+C, 137 killed on request.</summary>
public static class CommandLine
{
    private const string All = "all";

    private static readonly Argument<string?> s_example = new("example")
    {
        Description = $"The example to play, or '{All}'; without it, they are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> s_folder = new("--folder")
    {
        Description = "Where the stores are written; those of earlier invocations are removed.",
        DefaultValueFactory = _ => Path.Combine("artifacts", "steps"),
    };

    private static readonly Option<bool> s_die = new("--die")
    {
        Description = "Play the first half of an example with a crash: go on with the store as it is, and die where the accident is.",
    };

    /// <summary>The examples, one a line.</summary>
    public static string List => string.Join(
        Environment.NewLine,
        [$"Name an example, or '{All}':", .. Example.All.Select(example => $"  {example.Name,-24}  {example.Summary}")]);

    /// <summary>Parses the arguments, runs the program with them, and turns what it throws into a message and an exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task> program)
    {
        var command = new RootCommand("Everything that a step can do, one example at a time.") { s_example, s_folder, s_die };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() => program(Read(parsed), cancellationToken)));

        var result = command.Parse(args);
        return result.Errors.Count == 0
            ? await result.InvokeAsync()
            : Fail(2, string.Join(Environment.NewLine, result.Errors.Select(error => error.Message)));
    }

    private static Settings Read(ParseResult parsed)
    {
        if (string.IsNullOrWhiteSpace(parsed.GetValue(s_folder)))
            throw new UsageException("--folder takes the name of a folder.");
        IReadOnlyList<Example> examples = parsed.GetValue(s_example) switch
        {
            null => [],
            All => Example.All,
            var name => Example.All.Where(example => example.Name == name).ToList() is { Count: 1 } named
                ? named
                : throw new UsageException($"There is no example '{name}'.{Environment.NewLine}{List}"),
        };
        if (parsed.GetValue(s_die) && examples is not [{ DiesFirst: true }])
            throw new UsageException($"--die goes with one of {string.Join(", ", Example.All.Where(example => example.DiesFirst).Select(example => example.Name))}.");
        return new Settings { Examples = examples, Folder = parsed.GetRequiredValue(s_folder), Dies = parsed.GetValue(s_die) };
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
        catch (Exception exception) when (exception is DurableException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return Fail(1, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(130, "Stopped.");
        }
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
