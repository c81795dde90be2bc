using System.Reflection;
using System.Text.Json;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Crash.Tests;

/// <summary>The crash target over one store and one trace file.</summary>
internal sealed class CrashTarget(string workflow, int runs = 1) : IDisposable
{
    private static readonly string s_dll = typeof(CrashTarget).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(constant => constant.Key == "CrashTarget").Value!;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Starts a process that works the store.</summary>
    /// <param name="last">Where to die (<c>AfterCommit:3</c>) or hold still (<c>hold:/Five</c>); none to run to the end.</param>
    public ChildProcess Start(params string[] last)
        => ChildProcess.Start(s_dll, _folder.Path, ["runs.db", _folder.File("trace.txt"), workflow, runs.ToString(), .. last]);

    /// <summary>Starts a process and waits for its end.</summary>
    public async Task<ChildResult> RunAsync(params string[] last)
    {
        using var process = Start(last);
        return await process.WaitAsync();
    }

    /// <summary>The executed bodies of all processes so far, in order.</summary>
    public IReadOnlyList<Execution> ReadTrace()
        => File.Exists(_folder.File("trace.txt")) ? [.. File.ReadLines(_folder.File("trace.txt")).Select(Execution.Parse)] : [];

    /// <summary>The outcomes that a process printed, in the order of the runs.</summary>
    public static IReadOnlyList<Outcome> ReadOutcomes(ChildResult result) =>
        [.. result.Output.Split('\n').Where(line => line.StartsWith("outcome ", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<Outcome>(line["outcome ".Length..])!)];

    public void Dispose() => _folder.Dispose();
}
