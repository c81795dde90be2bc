using System.Text;
using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Replay;

/// <summary>What is stored of a step, and what the code gets, on the first run and on replay.</summary>
public sealed class StepOutcomeTests : SimulatedRunTests
{
    private readonly List<string> _executed = [];

    [Fact]
    public async Task A_null_result_is_stored_and_replayed()
    {
        var rig = Rig(async w => await w.StepAsync<string?>("a", null, _ => Executed<string?>("a", null)) ?? "was null");
        await TwiceAsync(rig, "was null");
        Assert.Equal(["a"], _executed);
    }

    [Fact]
    public async Task A_step_without_result_is_stored_and_replayed()
    {
        var rig = Rig(async w =>
        {
            await w.StepAsync("a", null, _ => (Task)Executed("a", 0));
            return "done";
        });
        await TwiceAsync(rig, "done");
        Assert.Equal(["a"], _executed);
        var checkpoint = Assert.Single(rig.Store.Commits.SelectMany(commit => commit.Checkpoints));
        Assert.True(checkpoint.Result.IsEmpty);
    }

    [Fact]
    public async Task A_result_that_fails_to_be_written_is_a_failed_step_whose_body_does_not_run_again()
    {
        var rig = Rig(async w =>
        {
            try
            {
                await w.StepAsync("a", _ => Executed("a", new Unwritable()));
                return "written";
            }
            catch (StepFailedException failure)
            {
                return $"{failure.ErrorTypeName} {failure.IsCausedBy<PayloadException>()}";
            }
        });
        await TwiceAsync(rig, "Durable.PayloadException True");
        Assert.Equal(["a"], _executed);
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_a_failed_step_of_which_no_byte_is_written()
    {
        var rig = Rig(async w =>
        {
            try
            {
                return await w.StepAsync("a", _ => Executed("a", new string('x', DurableLimits.MaxPayloadBytes)));
            }
            catch (StepFailedException failure)
            {
                return failure.ErrorTypeName;
            }
        });
        await TwiceAsync(rig, "Durable.PayloadTooLargeException");
        Assert.Equal(["a"], _executed);
        Assert.All(rig.Store.Commits.SelectMany(commit => commit.Checkpoints), checkpoint => Assert.True(checkpoint.Result.IsEmpty && checkpoint.Error.Length < 10_000));
    }

    [Fact]
    public async Task The_code_gets_what_was_stored_not_the_live_object()
    {
        var live = new List<int> { 1 };
        var rig = Rig(async w =>
        {
            var stored = await w.StepAsync("a", _ => Task.FromResult(live));
            return $"{ReferenceEquals(live, stored)} {stored[0]}";
        });
        Drive(rig);
        Assert.Equal("False 1", await rig.ResultAsync());
    }

    [Fact]
    public async Task A_result_that_can_no_longer_be_read_quarantines_and_names_the_step_and_the_member()
    {
        var changed = false;
        var rig = Rig(async w => changed ? (await w.StepAsync("a", _ => Task.FromResult(new Size(1)))).Width : (await w.StepAsync("a", _ => Task.FromResult(new Size2("wide")))).Width.Length);
        DropAtEnd(rig);
        changed = true;
        Drive(rig);
        Assert.Equal(RunStatus.Quarantined, await rig.StatusAsync());
        var message = (await rig.ErrorAsync()).Message;
        Assert.Contains("'/a'", message);
        Assert.Contains("$.Width", message);
    }

    [Fact]
    public async Task A_result_whose_constructor_throws_anything_quarantines()
    {
        var rig = Rig(async w => (await w.StepAsync("a", _ => Task.FromResult(new Fussy(1)))).Value);
        Fussy.ThrowWhenRead = false;
        DropAtEnd(rig);
        Fussy.ThrowWhenRead = true;
        Drive(rig);
        Assert.Equal(RunStatus.Quarantined, await rig.StatusAsync());
    }

    [Fact]
    public async Task Three_calls_of_one_step_on_its_own_result_are_three_checkpoints()
    {
        var rig = Rig(async w =>
        {
            var value = "x";
            for (var i = 0; i < 3; i++)
            {
                var given = value;
                value = await w.StepAsync("twice", _ => Executed(given, given + given));
            }

            return value;
        });
        await TwiceAsync(rig, "xxxxxxxx");
        Assert.Equal(["x", "xx", "xxxx"], _executed);
        Assert.Equal(["/twice", "/twice#1", "/twice#2"], rig.Store.Commits.SelectMany(commit => commit.Checkpoints).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public async Task A_failure_has_the_same_type_and_data_on_the_first_run_and_on_replay()
    {
        var seen = new List<string>();
        var rig = Rig(async w =>
        {
            var failure = await Assert.ThrowsAsync<StepFailedException>(() => w.StepAsync("a", "k", Throws));
            seen.Add($"{failure.Message}|{failure.StepId}|{failure.Attempts}|{failure.ErrorTypeName}|{failure.Error.Message}|{failure.Error.StackTrace}|{string.Join(',', failure.Error.BaseTypeNames)}|{failure.IsCausedBy<SystemException>()}");
            return 1;
        });
        DropAtEnd(rig);
        Drive(rig);
        await rig.ResultAsync();
        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.StartsWith("Step '/a[k]' failed after 1 attempt(s): System.InvalidOperationException: on purpose|/a[k]|1|System.InvalidOperationException|on purpose|", seen[0]);
        Assert.EndsWith("|System.SystemException|True", seen[0]);
    }

    [Fact]
    public void Arguments_are_recorded_when_asked_for()
    {
        var step = TextStep<int>.Define("a", (_, _) => Task.FromResult(1));
        var rig = Rig(_ => step.CallAsync("secret"));
        rig.Options.RecordArguments = true;
        Drive(rig);
        Assert.Equal("""{"value":"secret"}""", Encoding.UTF8.GetString(rig.Store.Commits[0].Checkpoints[0].Arguments.Span));
    }

    [Fact]
    public void Arguments_are_not_recorded_unless_asked_for()
    {
        var step = TextStep<int>.Define("a", (_, _) => Task.FromResult(1));
        var rig = Rig(_ => step.CallAsync("secret"));
        Drive(rig);
        Assert.True(rig.Store.Commits[0].Checkpoints[0].Arguments.IsEmpty);
    }

    [Fact]
    public async Task Arguments_that_cannot_be_recorded_cost_the_step_nothing()
    {
        var step = TextStep<int>.Define("a", (_, _) => Task.FromResult(1), arguments: (writer, _) => writer.AddUnfingerprinted("value", 1, PayloadType<int>.NotStorable));
        var rig = Rig(_ => step.CallAsync());
        rig.Options.RecordArguments = true;
        Assert.Equal(Execution.RunEnd.Ended, Drive(rig));
        Assert.Equal(1, await rig.ResultAsync());
    }

    private Task<T> Executed<T>(string what, T result)
    {
        _executed.Add(what);
        return Task.FromResult(result);
    }

    // Once for the first time, once over all of its checkpoints.
    private async Task TwiceAsync(RunRig<string> rig, string expected)
    {
        DropAtEnd(rig);
        Drive(rig);
        Assert.Equal(expected, await rig.ResultAsync());
    }

    private sealed class Unwritable
    {
        public int Value => throw new FormatException("on purpose");
    }

    private sealed record Size(int Width);

    private sealed record Size2(string Width);

    private sealed class Fussy
    {
        public Fussy(int value)
        {
            Value = value;
            if (ThrowWhenRead)
                throw new OverflowException("on purpose");
        }

        public static bool ThrowWhenRead { get; set; }

        public int Value { get; }
    }
}
