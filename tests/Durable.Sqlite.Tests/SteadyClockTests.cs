using Durable.Storage;
using Durable.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Sqlite.Tests;

/// <summary>A wall clock that is set while a store is open.</summary>
public sealed class SteadyClockTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory, InlineData(-1), InlineData(1)]
    public async Task The_store_that_UseSqlite_makes_does_not_notice_that_the_wall_clock_is_set(int days)
    {
        var machine = new ManualClock();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(machine);
        services.AddDurableClient(durable => durable.UseSqlite(_file.Path));
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<IRunStore>();
        await store.InitializeAsync(default);
        var start = machine.GetUtcNow();
        await store.CreateRunAsync(NewRun("first"), default);
        machine.SetBack(TimeSpan.FromDays(days));
        machine.Advance(TimeSpan.FromMinutes(1));
        await store.CreateRunAsync(NewRun("second"), default);
        Assert.Equal(start + TimeSpan.FromMinutes(1), (await store.FindRunAsync("second", default))!.CreatedAt);
    }

    private static NewRun NewRun(string id) => new() { RunId = id, Workflow = new WorkflowIdentity("Order", 1), Input = "{}"u8.ToArray(), Fingerprint = 0 };
}
