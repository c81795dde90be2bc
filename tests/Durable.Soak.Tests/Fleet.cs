using System.Reflection;
using Durable.Testing.History;
using Durable.TestKit.Processes;

namespace Durable.Soak.Tests;

/// <summary>Workers and a client over one folder. Each dies at a line of its ledger that a seed decides, and another takes its place.</summary>
internal sealed class Fleet(string folder, HistoryWriter history, SoakSettings settings) : IAsyncDisposable
{
    private const int Workers = 3;
    private const int MaxWorkerLines = 500;
    private const int MaxClientLines = 1_500;

    private static readonly string s_dll = typeof(Fleet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(constant => constant.Key == "SoakTarget").Value!;

    private static readonly string[] s_manners = ["Torn", "Whole", "Reached"];

    // Far above what it takes until one of them has come to its line.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Random _random = new(settings.Seed);
    private readonly List<(string Name, string Role, ChildProcess Process, Task<ChildResult> Ended)> _alive = [];
    private int _started;

    public int Kills { get; private set; }

    /// <summary>Keeps workers and a client alive until so many of them have been killed, the last of them all at once.</summary>
    public async Task KillAsync()
    {
        for (var worker = 0; worker < Workers; worker++)
            StartMortal("worker");
        StartMortal("client");
        while (Kills + _alive.Count < settings.Kills)
        {
            await Task.WhenAny(_alive.Select(member => member.Ended)).WaitAsync(s_patience);
            foreach (var member in _alive.Where(member => member.Ended.IsCompleted).ToList())
            {
                await BuryAsync(member);
                StartMortal(member.Role);
            }
        }

        foreach (var member in _alive.ToList())
        {
            member.Process.Kill();
            await BuryAsync(member);
        }
    }

    /// <summary>Starts workers and a client that nobody kills, until every run has ended.</summary>
    public async Task HealAsync(int runs)
    {
        for (var worker = 0; worker < 2; worker++)
            Start("worker", "Whole:0");
        var client = Start("client", "Whole:0", runs);
        (await client.Ended).Expect(0);
        foreach (var worker in _alive.Where(member => member.Role == "worker" && member.Ended.IsCompleted))
            throw new InvalidOperationException($"{worker.Name} ended although nobody killed it. {await worker.Ended}");
    }

    /// <summary>Returns when all are dead: nothing writes to the folder any more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var member in _alive)
        {
            if (!member.Ended.IsCompleted)
                member.Process.Kill();
            await member.Ended;
            member.Process.Dispose();
        }
    }

    private void StartMortal(string role)
    {
        var manner = s_manners[_random.Next(s_manners.Length)];
        var line = _random.Next(1, role == "worker" ? MaxWorkerLines : MaxClientLines);
        var member = Start(role, $"{manner}:{line}");
        if (manner == "Reached")
            _ = KillWhenReachedAsync(member.Process);
    }

    private (string Name, string Role, ChildProcess Process, Task<ChildResult> Ended) Start(string role, string death, int runs = int.MaxValue)
    {
        var name = $"{role}-{++_started}";
        var process = ChildProcess.Start(s_dll, folder, role, folder, name, death, runs.ToString());
        var member = (name, role, process, process.EndAsync());
        _alive.Add(member);
        return member;
    }

    private async Task BuryAsync((string Name, string Role, ChildProcess Process, Task<ChildResult> Ended) member)
    {
        (await member.Ended).Expect(ChildResult.Killed);
        history.ProcessKilled(member.Name);
        Kills++;
        _alive.Remove(member);
        member.Process.Dispose();
    }

    private static async Task KillWhenReachedAsync(ChildProcess process)
    {
        try
        {
            await process.WaitForLineAsync("reached");
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Somebody else killed it before.
        }
    }
}
