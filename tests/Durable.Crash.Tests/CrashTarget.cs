using System.Reflection;
using System.Text.Json;
using Durable.TestKit;
using Durable.TestKit.Processes;
using Durable.Testing.Crashes;

namespace Durable.Crash.Tests;

/// <summary>The crash target over one store and one trace file.</summary>
internal sealed class CrashTarget(string workflow, int runs = 1) : IDisposable
{
    private static readonly string s_dll = typeof(CrashTarget).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(constant => constant.Key == "CrashTarget").Value!;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Starts a process that works the store.</summary>
    /// <param name="last">Where to die (<c>after commit 3</c>) or hold still (<c>hold:/Five</c>); none to run to the end.</param>
    public ChildProcess Start(params string[] last)
        => ChildProcess.Start(s_dll, _folder.Path, ["runs.db", _folder.File("trace.txt"), workflow, runs.ToString(), .. last]);

    /// <summary>Starts a process and waits for its end.</summary>
    public async Task<ChildResult> RunAsync(params string[] last)
    {
        using var process = Start(last);
        return await process.WaitAsync();
    }

    /// <summary>What all processes so far did.</summary>
    public Trace ReadTrace() => Trace.Read(_folder.File("trace.txt"));

    /// <summary>The outcomes that a process printed, in the order of the runs.</summary>
    public static IReadOnlyList<Outcome> ReadOutcomes(ChildResult result) => [.. Lines(result, "outcome ").Select(line => JsonSerializer.Deserialize<Outcome>(line)!)];

    /// <summary>The crash points that a process printed, in the order in which it came to them.</summary>
    public static IReadOnlyList<CrashPoint> ReadPoints(ChildResult result) => [.. Lines(result, "point ").Select(CrashPoint.Parse)];

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Lines(ChildResult result, string word)
        => result.Output.Split('\n').Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..].TrimEnd());
}
