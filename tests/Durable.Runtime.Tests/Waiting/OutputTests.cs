namespace Durable.Runtime.Tests.Waiting;

/// <summary>What a run shows the outside: published values, streams, its status.</summary>
public sealed class OutputTests : WaitingTests
{
    [Fact]
    public void A_published_value_is_read_from_outside_with_its_version()
    {
        var run = Start(async w =>
        {
            await w.PublishAsync("stage", "packing");
            await w.PublishAsync("stage", "shipping");
            return await w.WaitForSignalAsync<string>("go");
        });
        var published = Simulation.Run(() => run.GetPublishedAsync<string>("stage"))!;
        Assert.Equal(("shipping", 2), (published.Value, published.Version));
    }

    [Fact]
    public void Nothing_was_published_is_null()
    {
        var run = Start(async w => await w.WaitForSignalAsync<string>("go"));
        Assert.Null(Simulation.Run(() => run.GetPublishedAsync<string>("stage")));
    }

    [Fact]
    public void Who_waits_for_a_change_gets_the_next_version()
    {
        var run = Start(async w =>
        {
            await w.PublishAsync("stage", "packing");
            await w.WaitForSignalAsync<string>("go");
            await w.PublishAsync("stage", "shipping");
            return await w.WaitForSignalAsync<string>("go");
        });
        var next = Simulation.Begin(() => run.GetPublishedAsync<string>("stage", afterVersion: 1));
        Simulation.Settle();
        Assert.False(next.IsCompleted);
        Signal(run, "go", "");
        Assert.Equal("shipping", Simulation.Run(() => next)!.Value);
    }

    [Fact]
    public void Who_waits_for_a_change_is_told_when_the_run_ends_instead()
    {
        var run = Start(async w =>
        {
            await w.PublishAsync("stage", "packing");
            return await w.WaitForSignalAsync<string>("go");
        });
        var next = Simulation.Begin(() => run.GetPublishedAsync<string>("stage", afterVersion: 1));
        Signal(run, "go", "");
        Assert.Equal(1, Simulation.Run(() => next)!.Version);
    }

    [Fact]
    public void A_replay_publishes_nothing_again()
    {
        var run = Start(async w =>
        {
            await w.PublishAsync("stage", "packing");
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            return "";
        });
        Advance(TimeSpan.FromMinutes(1));
        Advance(TimeSpan.FromMinutes(1));
        Result(run);
        Assert.Equal(1, Simulation.Run(() => run.GetPublishedAsync<string>("stage"))!.Version);
    }

    [Fact]
    public void A_stream_is_read_from_any_offset_while_the_run_goes_on_and_ends_with_it()
    {
        var run = Start(async w =>
        {
            for (var i = 0; i < 3; i++)
                await w.AppendAsync("lines", $"line {i}");
            await w.WaitForSignalAsync<string>("go");
            await w.AppendAsync("lines", "line 3");
            return "";
        });
        var read = new List<string>();
        var reading = Simulation.Begin(async () =>
        {
            await foreach (var item in run.ReadStreamAsync<string>("lines", fromOffset: 1))
                read.Add($"{item.Offset} {item.Value}");
            return true;
        });
        Simulation.Settle();
        Assert.Equal(["1 line 1", "2 line 2"], read);
        Signal(run, "go", "");
        Assert.True(Simulation.Run(() => reading));
        Assert.Equal(["1 line 1", "2 line 2", "3 line 3"], read);
    }

    [Fact]
    public void A_replay_appends_nothing_again()
    {
        var run = Start(async w =>
        {
            await w.AppendAsync("lines", "one");
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            await w.AppendAsync("lines", "two");
            return "";
        });
        Advance(TimeSpan.FromMinutes(1));
        Result(run);
        Assert.Equal(["one", "two"], Simulation.Run(async () => await ReadAllAsync(run)));
    }

    [Fact]
    public void What_a_run_says_of_itself_is_stored_with_what_is_stored_next()
    {
        var run = Start(async w =>
        {
            w.SetStatus("packing", 0.25);
            await StepAsync("Pack");
            return await w.WaitForSignalAsync<string>("go");
        });
        Assert.Equal(new RunProgress("packing", 0.25), Info(run).Progress);
    }

    [Fact]
    public void A_status_is_no_write_of_its_own()
    {
        Start(async w =>
        {
            w.SetStatus("packing");
            await StepAsync("Pack");
            w.SetStatus("done", 1);
            return "";
        });
        Simulation.Settle();
        Assert.Equal(2, Simulation.Store.Commits.Count);
    }

    [Fact]
    public void A_status_of_a_replay_does_not_take_the_place_of_a_later_one()
    {
        var run = Start(async w =>
        {
            w.SetStatus("first");
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            w.SetStatus("second");
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            return "";
        });
        Advance(TimeSpan.FromMinutes(1));
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("second", Info(run).Progress!.Text);
    }

    [Fact]
    public void One_key_too_many_is_refused_and_known_ones_are_not()
    {
        var run = Start(async w =>
        {
            for (var i = 0; i < DurableLimits.MaxPublishedKeys; i++)
                await w.PublishAsync($"key-{i}", i);
            var refusal = await Record.ExceptionAsync(() => w.PublishAsync("one more", 0));
            await w.PublishAsync("key-0", 1);
            return refusal!.Message;
        });
        Assert.Contains("MaxPublishedKeys", Result(run));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_fraction_out_of_range_is_refused(double fraction)
    {
        var run = Start(w => Task.FromResult(Record.Exception(() => w.SetStatus("x", fraction)) is ArgumentOutOfRangeException));
        Assert.True(Result(run));
    }

    private static async Task<List<string>> ReadAllAsync(RunHandle run)
    {
        var all = new List<string>();
        await foreach (var item in run.ReadStreamAsync<string>("lines"))
            all.Add(item.Value);
        return all;
    }
}
