using System.Text.Json;
using Durable.CompilerServices;
using Durable.Serialization;

namespace Durable.Execution;

/// <summary>The loops that workflow code asks of its context.</summary>
internal static class ContextLoops
{
    private static readonly PayloadType<StoredItem?> s_item = new((System.Text.Json.Serialization.Metadata.JsonTypeInfo<StoredItem?>)(object)LoopJson.Default.StoredItem);
    private static readonly PayloadType<PollState> s_poll = new(LoopJson.Default.PollState);

    public static Task ForEachAsync<TItem, TCursor>(
        RunDriver driver, RunScope scope, string name, TCursor start, Func<TCursor, CancellationToken, Task<NextItem<TItem, TCursor>?>> next, Func<WorkflowContext, TItem, Task> body)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(body);
        var cursors = ContextCalls.Payload<TCursor>(driver, $"The cursor of loop '{name}' is");
        var items = ContextCalls.Payload<TItem>(driver, $"An item of loop '{name}' is");
        return BeginAsync(driver, scope, name, () => Loop.RunAsync(scope, name, start, cursors, async (iteration, cursor) =>
        {
            var stored = await InlineStep.CallAsync(driver, iteration, Loop.Next, s_item, async token => await next(cursor, token) is { } found ? Store(found, items, cursors, name) : null);
            if (stored is null)
                return (false, cursor);
            var item = Read(items, stored.Item, $"An item of loop '{name}'");
            await body(iteration.Context, item);
            return (true, Read(cursors, stored.Cursor, $"The cursor of loop '{name}'"));
        }));
    }

    public static async Task<WaitResult<T>> WaitUntilAsync<T>(RunDriver driver, RunScope scope, string name, Func<WorkflowContext, Task<T>> check, Func<T, bool> isDone, PollStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(isDone);
        ArgumentNullException.ThrowIfNull(strategy);
        strategy.Check();
        var result = default(WaitResult<T>);
        await BeginAsync(driver, scope, name, () => Loop.RunAsync(scope, name, new PollState(0, driver.UtcNow), s_poll, async (iteration, state) =>
        {
            var found = await check(iteration.Context);
            if (isDone(found))
            {
                result = new WaitResult<T>(found);
                return (false, state);
            }

            var left = strategy.Timeout is { } timeout ? state.StartedAt + timeout - driver.UtcNow : TimeSpan.MaxValue;
            if (left <= TimeSpan.Zero)
                return (false, state);
            var delay = strategy.DelayAfter(state.Checks + 1);
            // The last check is made when the time is over.
            await iteration.Context.SleepAsync(delay < left ? delay : left, "poll");
            return (true, state with { Checks = state.Checks + 1 });
        }));
        return result;
    }

    private static Task BeginAsync(RunDriver driver, RunScope scope, string name, Func<Task> loop)
    {
        InlineStep.CheckName(name);
        if (driver.NestedIn() is { } outer)
            return Task.FromException(new NestedStepException(name, outer));
        if (scope.IsClosed || driver.IsLate(scope))
            return Task.FromException(RunDriver.Closed(scope, $"loop '{name}'"));
        return driver.CheckOnContext($"Loop '{name}'") ? loop() : RunDriver.Never<Nothing>();
    }

    private static StoredItem Store<TItem, TCursor>(NextItem<TItem, TCursor> found, PayloadType<TItem> items, PayloadType<TCursor> cursors, string name)
        => new(Element(StoredPayload.Write(items, found.Item, $"An item of loop '{name}'")), Element(StoredPayload.Write(cursors, found.Cursor, $"The cursor of loop '{name}'")));

    private static JsonElement Element(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static T Read<T>(PayloadType<T> payload, JsonElement json, string what) => StoredPayload.Read(payload, System.Text.Encoding.UTF8.GetBytes(json.GetRawText()), what);
}
