using System.Reflection;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Upgrade.Tests;

/// <summary>A build of the small project, over a folder of its own.</summary>
internal sealed class Build(string name) : IDisposable
{
    private const string Effects = "effects.txt";

    private readonly TemporaryFolder _folder = new();
    private ChildResult? _result;

    public string File(string file) => _folder.File(file);

    /// <summary>Starts a build in a folder.</summary>
    public static ChildProcess Start(string name, string folder, string mode)
        => ChildProcess.Start(Path.Combine(Constant("Upgrades"), name, Constant("Output")), folder, "orders.db", Effects, mode);

    /// <summary>Lets the build finish the runs that it finds, and a new one.</summary>
    public Task FinishAsync() => RunAsync("finish");

    /// <summary>Lets what was set aside go on as the code is now.</summary>
    public Task AcceptAsync() => RunAsync("accept");

    /// <summary>What came of a run: its status, the version that it ran on, its result or the reason for which it was set aside.</summary>
    public (RunStatus Status, int Version, string Outcome) End(string place)
    {
        var line = Lines(place)[0].Split(' ', 3);
        return (Enum.Parse<RunStatus>(line[0]), int.Parse(line[1]), line[2]);
    }

    /// <summary>The checkpoints of a run: kind, step id, status.</summary>
    public IReadOnlyList<string> History(string place) => Lines(place)[1..];

    /// <summary>The steps of a run whose bodies took effect, in order, in the first build and here.</summary>
    public IEnumerable<string> Bodies(string place) => System.IO.File.ReadLines(File(Effects)).Where(line => line.StartsWith($"order-{place} ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf('/') + 1)..]);

    public void Dispose() => _folder.Dispose();

    private static string Constant(string key) => typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(constant => constant.Key == key).Value!;

    private async Task RunAsync(string mode)
    {
        using var process = Start(name, _folder.Path, mode);
        _result = (await process.WaitAsync()).Expect(0);
    }

    private string[] Lines(string place)
    {
        var start = $"order-{place} ";
        return [.. _result!.Output.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..])];
    }
}
