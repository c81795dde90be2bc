using System.Text.Json;
using System.Text.Json.Serialization;
using Durable.CompilerServices;
using Durable.Serialization;

namespace Durable.Execution;

/// <summary>A loop over a state: the end of each iteration is a checkpoint, with which all that was recorded in it is removed, so that a loop may go on for ever.</summary>
internal static class Loop
{
    private const string End = "end";

    /// <summary>The step that gets the next item.</summary>
    public const string Next = "next";

    /// <summary>The loop whose item, or whose state, a call records; null for another call.</summary>
    public static string? NameOf(StepId id)
    {
        var iteration = id.Scope.LastIndexOf('/');
        return id is { Name: End or Next, Key: null, Ordinal: 0 } && iteration > 0 && long.TryParse(id.Scope.AsSpan(iteration + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? StepId.Parse(id.Scope[..iteration]).Name
            : null;
    }

    /// <summary>Runs the loop until an iteration says that it is over.</summary>
    /// <param name="scope">Where the loop stands.</param>
    /// <param name="name">Its name.</param>
    /// <param name="start">The state of the first iteration.</param>
    /// <param name="payload">How a state is stored.</param>
    /// <param name="iterate">An iteration: the state of the next one, or that there is none.</param>
    public static async Task RunAsync<TState>(RunScope scope, string name, TState start, PayloadType<TState> payload, Func<RunScope, TState, Task<(bool GoesOn, TState Next)>> iterate)
    {
        var driver = scope.Driver;
        driver.PassFailures(scope);
        var loop = scope.Open(name, driver.IsShielded(scope));
        Ambient.Enter(loop);
        var last = driver.LoopBegins(loop);
        try
        {
            var (number, state) = (0L, start);
            if (last is { } recorded)
                (number, state) = (recorded + 1, await EndAsync(loop, loop.OpenIteration(recorded), state, payload));
            while (true)
            {
                var iteration = loop.OpenIteration(number);
                var (goesOn, next) = await IterateAsync(iteration, state, iterate);
                if (!goesOn)
                    return;
                if (iteration.HasCallsUnderWay)
                    throw new InvalidOperationException($"An iteration of loop '{loop.Path}' has ended while durable calls of it were under way: what they record would be removed. Await all of them.");
                state = await EndAsync(loop, iteration, next, payload);
                number++;
            }
        }
        finally
        {
            driver.LoopEnded(loop);
            driver.ScopeEnded(loop);
        }
    }

    private static async Task<(bool GoesOn, TState Next)> IterateAsync<TState>(RunScope iteration, TState state, Func<RunScope, TState, Task<(bool GoesOn, TState Next)>> iterate)
    {
        Ambient.Enter(iteration);
        return await iterate(iteration, state);
    }

    // The code gets the state as it is stored, the first time and on replay.
    private static async Task<TState> EndAsync<TState>(RunScope loop, RunScope iteration, TState next, PayloadType<TState> payload)
    {
        var driver = loop.Driver;
        var what = $"The state of loop '{loop.Path}'";
        var stored = StoredPayload.Write(payload, next, what);
        try
        {
            return await driver.CallAsync<EffectCall<TState>, TState>(iteration, End, null, $"The end of an iteration of loop '{loop.Path}'", place => new EffectCall<TState>(
                driver, place, CheckpointKind.Loop, 0, stored, () => driver.DropWrittenIn(loop), record => StoredPayload.Read(payload, record.Result.Span, what)));
        }
        finally
        {
            driver.ScopeEnded(iteration);
        }
    }
}

/// <summary>An item of a source, with where the source goes on behind it, as stored.</summary>
internal sealed record StoredItem(JsonElement Item, JsonElement Cursor);

/// <summary>Where a poll stands.</summary>
internal sealed record PollState(int Checks, DateTimeOffset StartedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredItem))]
[JsonSerializable(typeof(PollState))]
internal sealed partial class LoopJson : JsonSerializerContext;
