using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Upgrade.Tests;

/// <summary>The first build, killed while each of its runs stands at another place, and what it left: a store, and a line for each body that ran.</summary>
public sealed class FirstBuild : IAsyncLifetime
{
    /// <summary>Where runs were stopped: before the body of a step, or before the outcome of the run was stored.</summary>
    public static readonly string[] Places = ["Reserve", "Charge", "Mail", "Ship", "end"];

    private readonly TemporaryFolder _folder = new();

    public async Task InitializeAsync()
    {
        using var process = Build.Start("FirstBuild", _folder.Path, "start");
        foreach (var place in Places)
            await process.WaitForLineAsync($"order-{place} stopped");
        process.Kill();
        (await process.WaitAsync()).Expect(ChildResult.Killed);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Another build on a copy of what was left.</summary>
    /// <param name="build">Its name: a project in <c>tests/Upgrades</c>.</param>
    internal Build TakenOverBy(string build)
    {
        var taken = new Build(build);
        foreach (var file in Directory.GetFiles(_folder.Path))
            File.Copy(file, taken.File(Path.GetFileName(file)));
        return taken;
    }
}
