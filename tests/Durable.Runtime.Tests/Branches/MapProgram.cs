using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Branches;

/// <summary>A random program of maps within maps, whose steps fail, are tried again, run at most once or stand in shields. What it saw of each map it gives to a step: a replay that sees something else diverges.</summary>
internal sealed class MapProgram(Random random)
{
    private static readonly RetryPolicy s_soon = new() { InitialDelay = TimeSpan.FromSeconds(1), MaxAttempts = 3 };

    private readonly StepDefinition<TestStep.Arguments<string>, string> _plain = Define("Plain", null, StepMode.AtLeastOnce);
    private readonly StepDefinition<TestStep.Arguments<string>, string> _retried = Define("Retried", s_soon, StepMode.AtLeastOnce);
    private readonly StepDefinition<TestStep.Arguments<string>, string> _once = Define("Once", null, StepMode.AtMostOnce);
    private readonly StepDefinition<TestStep.Arguments<string>, string> _check = TestStep.Define<string, string>("Check", (value, _) => Task.FromResult(value));

    /// <summary>Makes the program: what follows depends on no chance but that of schedules.</summary>
    public Func<WorkflowContext, Task<string>> Make()
    {
        var maps = Enumerable.Range(0, 3).Select(_ => Map(depth: 0)).ToList();
        return async w =>
        {
            var seen = "";
            foreach (var map in maps)
                seen = await _check.CallAsync(await map(w, ""));
            return seen;
        };
    }

    // The bodies take a random number of turns.
    private static StepDefinition<TestStep.Arguments<string>, string> Define(string name, RetryPolicy? retry, StepMode mode) => TestStep.Define<string, string>(name, async (value, step) =>
    {
        for (var turns = value.Length % 5; turns > 0; turns--)
            await Task.Yield();
        step.CancellationToken.ThrowIfCancellationRequested();
        return value.EndsWith('!') && (retry is null || step.Attempt < 3 || value.EndsWith("!!", StringComparison.Ordinal)) ? throw new IOException(value) : value;
    }, retry, mode);

    private Func<WorkflowContext, string, Task<string>> Map(int depth)
    {
        var branches = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Branch(depth)).ToList();
        var keys = branches.Select((_, i) => $"{i}").ToList();
        var options = Options(branches.Count);
        return async (w, _) =>
        {
            try
            {
                var outcome = await w.MapAsync(keys, key => key, (inner, key) => branches[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)](inner, w), options);
                return $"{Text(outcome)} {string.Join(',', outcome.Results)}";
            }
            catch (MapFailedException failed)
            {
                return Text(failed.Outcome);
            }
        };
    }

    private MapOptions Options(int count) => random.Next(5) switch
    {
        0 => new MapOptions(),
        1 => new MapOptions { MaxConcurrency = random.Next(1, 4) },
        2 => new MapOptions { MinSuccessful = random.Next(1, count + 1), MaxConcurrency = random.Next(2, 5) },
        3 => new MapOptions { ToleratedFailures = random.Next(0, 3) },
        _ => new MapOptions { ToleratedFailurePercentage = 100, MinSuccessful = random.Next(2) == 0 ? 1 : null },
    };

    // With the context of its scope, and the one around the map.
    private Func<WorkflowContext, WorkflowContext, Task<string>> Branch(int depth)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(depth)).ToList();
        return async (inner, outer) =>
        {
            var seen = "";
            foreach (var part in parts)
                seen += await part(inner, outer);
            return seen;
        };
    }

    private Func<WorkflowContext, WorkflowContext, Task<string>> Part(int depth)
    {
        var value = new string('x', random.Next(1, 6)) + (random.Next(4) == 0 ? "!" : "");
        switch (random.Next(depth < 2 ? 9 : 6))
        {
            case 0:
                value += random.Next(3) == 0 ? "!" : "";
                return (_, _) => _retried.CallAsync(value);
            case 1:
                return (_, _) => _once.CallAsync(value);
            case 2:
                return (inner, _) => inner.Shield("safe", async _ => await _plain.CallAsync("safe") + await _plain.CallAsync(value));
            case 3:
                return (_, outer) => outer.StepAsync("outer", async _ =>
                {
                    await Task.Yield();
                    return value.EndsWith('!') ? throw new IOException(value) : value;
                });
            case 6 or 7:
                var map = Map(depth + 1);
                return (inner, _) => map(inner, "");
            case 8:
                var within = Branch(depth + 1);
                return (inner, outer) => inner.ScopeAsync("scope", deeper => within(deeper, outer));
            default:
                return (_, _) => _plain.CallAsync(value);
        }
    }

    private static string Text(MapOutcome outcome) => $"{outcome.End} {string.Join(' ', outcome.Items.Select(item => $"{item.Status}{item.Error?.GetType().Name}"))}";
}
