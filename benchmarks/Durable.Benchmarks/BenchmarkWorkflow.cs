using System.Globalization;

namespace Durable.Benchmarks;

/// <summary>The workflow that is measured: small steps in a row, as services have them.</summary>
public sealed partial class BenchmarkWorkflow
{
    [Workflow] public static partial Task<int> Steps(int count);

    /// <summary>Many steps, then one that always fails: each resume replays them.</summary>
    [Workflow] public static partial Task<int> Replayed(int count);

    /// <summary>A branch of one step for each item.</summary>
    [Workflow] public static partial Task<int> Mapped(int count, int atOnce);

    /// <summary>Sleeps for a day.</summary>
    [Workflow] public static partial Task Sleeping();

    [Step] private static partial Task<Charge> ChargeAsync(int number, string customer);

    [Step] private static partial Task<bool> GateAsync();

    private static Task<int> StepsCore(int count) => ChargeAllAsync(count);

    private static async Task<int> ReplayedCore(int count)
    {
        var total = await ChargeAllAsync(count);
        await GateAsync();
        return total;
    }

    private static async Task<int> MappedCore(int count, int atOnce, WorkflowContext workflow)
    {
        var outcome = await workflow.MapAsync(
            Enumerable.Range(0, count), static number => number.ToString(CultureInfo.InvariantCulture), static (_, number) => ChargeAsync(number, "customer-17"), new MapOptions { MaxConcurrency = atOnce == 0 ? null : atOnce });
        return outcome.Results.Sum(static charge => charge.Amount);
    }

    private static async Task SleepingCore(WorkflowContext workflow) => await workflow.SleepAsync(TimeSpan.FromDays(1));

    private static async Task<int> ChargeAllAsync(int count)
    {
        var total = 0;
        for (var i = 0; i < count; i++)
            total += (await ChargeAsync(i, "customer-17")).Amount;
        return total;
    }

    private static Charge ChargeAsyncCore(int number, string customer) => new($"{customer}-{number}", 1);

    private static bool GateAsyncCore() => throw new InvalidOperationException("The gate is closed.");
}

/// <summary>A small result, as most are.</summary>
public sealed record Charge(string Id, int Amount);
