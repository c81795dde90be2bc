using System.Text.Json;
using Durable.Generators.Tests.Sensitive;

namespace Durable.Generators.Tests.Errors;

/// <summary>What exports show of the data of errors, and that nothing else shows any.</summary>
public sealed class ShownErrorTests
{
    private const string Secret = "hunter2";
    private const string Sensitive = "[DurableError] public sealed class GateException([Sensitive] string pin, int gate) : Exception($\"gate {gate}\") { public string Pin { get; } = pin; public int Gate { get; } = gate; }";

    [Fact]
    public async Task Sensitive_data_is_masked_unless_all_is_shown()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Sensitive));
        Assert.Equal("""{"Pin":"***","Gate":3}""", await DataAsync(watched, checkpoint: 0));
        Assert.Equal("""{"Pin":"hunter2","Gate":3}""", await DataAsync(watched, checkpoint: 0, showSensitive: true));
        Assert.Equal("""{"Pin":"***","Gate":3}""", await DataAsync(watched));
        await watched.AssertNowhereAsync(Secret);
    }

    [Fact]
    public async Task Data_of_a_type_that_the_process_does_not_know_is_withheld()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Sensitive));
        await watched.DeployAsync(null);
        var error = await ErrorAsync(watched, checkpoint: 0, showSensitive: false);
        Assert.Equal("the type is no [DurableError] that is registered in this process, which therefore cannot tell what is sensitive", error.GetProperty("dataWithheld").GetString());
        Assert.Equal(("GateException", "gate 3"), (error.GetProperty("typeName").GetString(), error.GetProperty("message").GetString()));
        await watched.AssertNowhereAsync(Secret);
    }

    [Fact]
    public async Task Data_that_cannot_be_read_any_more_is_withheld()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Sensitive, shown: "failure.ErrorTypeName"));
        await watched.ResumeInAsync(Flow(Sensitive.Replace("string pin", "int pin").Replace("string Pin", "int Pin"), thrown: "new InvalidOperationException()"));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        Assert.Equal("it holds what is sensitive, and cannot be read as 'GateException'", (await ErrorAsync(watched, checkpoint: 0, showSensitive: false)).GetProperty("dataWithheld").GetString());
        await watched.AssertNowhereAsync(Secret);
    }

    [Fact]
    public async Task Who_serializes_a_reported_error_gets_no_data()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(Sensitive));
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize((await watched.Run.GetCheckpointsAsync())[0].Error));
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(await watched.Run.GetInfoAsync()));
    }

    // The run fails, so that its own error holds that of the step too; or behind a failure that was caught, so that it is replayed.
    private static string Flow(string types, string thrown = "new GateException(\"hunter2\", 3)", string shown = "throw failure")
        => new FailingFlow { Types = types, Thrown = thrown, Shown = shown, End = "throw new InvalidOperationException(\"the end is closed\");" }.Source;

    private static async Task<string> DataAsync(WatchedRun watched, int? checkpoint = null, bool showSensitive = false)
    {
        var error = await ErrorAsync(watched, checkpoint, showSensitive);
        return JsonSerializer.Serialize((checkpoint is null ? error.GetProperty("inner") : error).GetProperty("data"));
    }

    private static async Task<JsonElement> ErrorAsync(WatchedRun watched, int? checkpoint, bool showSensitive)
        => JsonDocument.Parse(await watched.ShownAsync("error", checkpoint, showSensitive)).RootElement;
}
