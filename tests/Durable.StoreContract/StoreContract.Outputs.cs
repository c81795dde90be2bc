namespace Durable.Storage.Contract;

/// <summary>What runs show the outside: published values, streams, what they say of themselves. 19xx.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R1901_What_was_published_last_under_a_key_is_found_with_its_version_and_time()
    {
        var held = await HoldAsync();
        await PublishAsync(held, 1, ("total", "1"), ("other", "x"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await PublishAsync(held, 2, ("total", "2"), ("total", "3"));
        var publishedAt = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromSeconds(1));

        var value = await PublishedAsync("total");
        Assert.Equal((3L, publishedAt, "3"), (value!.Version, value.PublishedAt, Text(value.Payload)));
        Assert.Equal((1L, "x"), ((await PublishedAsync("other"))!.Version, Text((await PublishedAsync("other"))!.Payload)));
    }

    [Fact]
    public async Task R1902_Nothing_is_found_under_other_keys_and_in_other_runs()
    {
        await PublishAsync(await HoldAsync(), 1, ("total", "1"));
        await CreateAsync("other");

        Assert.Null(await PublishedAsync("Total"));
        Assert.Null(await PublishedAsync("total", "other"));
        Assert.Null(await PublishedAsync("total", "nobody"));
    }

    [Fact]
    public async Task R1903_An_empty_value_is_one()
    {
        await PublishAsync(await HoldAsync(), 1, ("total", ""));

        Assert.Equal((1L, true), ((await PublishedAsync("total"))!.Version, (await PublishedAsync("total"))!.Payload.IsEmpty));
    }

    [Fact]
    public async Task R1904_Items_stand_in_a_stream_in_the_order_in_which_they_were_appended_without_gaps()
    {
        var held = await HoldAsync();
        await AppendAsync(held, 1, ("log", "a"), ("other", "x"), ("log", "b"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AppendAsync(held, 2, ("log", "c"));

        var items = await StreamAsync("log");
        Assert.Equal([(0L, "a"), (1, "b"), (2, "c")], items.Select(item => (item.Offset, Text(item.Payload))));
        Assert.Equal([-1d, -1, 0], items.Select(item => (item.AppendedAt - Clock.GetUtcNow()).TotalSeconds));
        Assert.Equal((0L, "x"), ((await StreamAsync("other")).Single().Offset, Text((await StreamAsync("other"))[0].Payload)));
    }

    [Fact]
    public async Task R1905_A_stream_is_read_from_any_offset_in_pages_while_it_grows()
    {
        var held = await HoldAsync();
        await AppendAsync(held, 1, [.. Enumerable.Range(0, 10).Select(number => ("log", $"{number}"))]);

        var read = new List<(long, string)>();
        for (var from = 0L; from < 12; from += 4)
        {
            var page = await StreamAsync("log", from, 4);
            read.AddRange(page.Select(item => (item.Offset, Text(item.Payload))));
            if (from == 4)
                await AppendAsync(held, 2, ("log", "10"), ("log", "11"));
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(number => ((long)number, $"{number}")), read);
    }

    [Fact]
    public async Task R1906_Behind_its_end_and_where_there_is_none_a_stream_is_empty()
    {
        await AppendAsync(await HoldAsync(), 1, ("log", "a"));

        Assert.Empty(await StreamAsync("log", from: 1));
        Assert.Empty(await StreamAsync("log", from: long.MaxValue));
        Assert.Empty(await StreamAsync("Log"));
        Assert.Empty(await StreamAsync("log", runId: "nobody"));
        Assert.Empty(await StreamAsync("log", max: 0));
    }

    [Fact]
    public async Task R1907_A_commit_that_is_fenced_or_refused_shows_nothing()
    {
        var late = await HoldAsync();
        await CommitStepAsync(late, 5);
        var effects = new RunEffects { Published = [new("total", default)], Appended = [new("log", default)], Progress = new RunProgress("half", 0.5) };
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(5)], Effects = effects }));
        await CancelAsync();
        Assert.Equal(CommitResult.CancelRequested, await EffectAsync(late, effects, null, Step(6)));
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");
        Assert.Equal(CommitResult.Fenced, await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(6)], Effects = effects, KnowsCancellation = true }));

        Assert.Null(await PublishedAsync("total"));
        Assert.Empty(await StreamAsync("log"));
        Assert.Null((await FindAsync()).Progress);
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R1908_What_a_run_showed_can_be_read_when_it_has_ended_and_is_added_to_when_it_goes_on(RunStatus status)
    {
        var held = await HoldAsync();
        await EffectAsync(held, Output("a", 0.5), new RunTransition { Status = status });

        Assert.Equal(("a", "a", new RunProgress("a", 0.5)), (Text((await PublishedAsync("total"))!.Payload), Text(Assert.Single(await StreamAsync("log")).Payload), (await FindAsync()).Progress));
        if (status == RunStatus.Completed)
            return;
        await ResumeAsync();
        await EffectAsync(Assert.Single(await ClaimAsync()), Output("b", 1), null, Step(1));

        Assert.Equal((2L, 2, new RunProgress("b", 1)), ((await PublishedAsync("total"))!.Version, (await StreamAsync("log")).Count, (await FindAsync()).Progress));
    }

    [Fact]
    public async Task R1909_A_purged_run_shows_nothing_and_its_successor_begins_anew()
    {
        await EffectAsync(await HoldAsync(), Output("a", 0.5), new RunTransition { Status = RunStatus.Completed });
        await Store.PurgeRunsAsync(s_everythingEnded, default);
        Assert.Null(await PublishedAsync("total"));
        Assert.Empty(await StreamAsync("log"));

        var held = await HoldAsync();
        Assert.Null(held.Progress);
        await EffectAsync(held, Output("b", null), null, Step(1));

        Assert.Equal((1L, 0L), ((await PublishedAsync("total"))!.Version, Assert.Single(await StreamAsync("log")).Offset));
    }

    [Fact]
    public async Task R1910_What_a_run_says_of_itself_stays_until_it_says_something_else()
    {
        var held = await HoldAsync();
        Assert.Null((await FindAsync()).Progress);
        foreach (var progress in (RunProgress[])[new("half", 0.5), new("no part", null), new(null, 1 / 3d), new(null, null), new("", 0), new("ende ü", 1)])
        {
            await EffectAsync(held, new RunEffects { Progress = progress });
            await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Effects = new RunEffects() });

            Assert.Equal((progress, progress), ((await FindAsync()).Progress, Assert.Single(await Store.ListRunsAsync(new RunQuery { Max = 10 }, default)).Progress));
        }

        await LetGoAsync(held, RunStatus.Pending);
        Assert.Equal(new RunProgress("ende ü", 1), Assert.Single(await ClaimAsync()).Progress);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task R1911_A_part_that_is_none_is_refused(double fraction)
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => EffectAsync(held, new RunEffects { Progress = new RunProgress("x", fraction) }));

        Assert.Null((await FindAsync()).Progress);
    }

    [Fact]
    public async Task R1912_What_would_be_shown_twice_by_a_repeat_needs_a_checkpoint_or_a_transition()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => EffectAsync(held, new RunEffects { Published = [new("total", default)] }));
        await Assert.ThrowsAsync<ArgumentException>(() => EffectAsync(held, new RunEffects { Appended = [new("log", default)] }));

        Assert.Null(await PublishedAsync("total"));
        Assert.Empty(await StreamAsync("log"));
    }

    [Fact]
    public async Task R1913_Keys_and_streams_of_one_name_are_two_things()
    {
        await EffectAsync(await HoldAsync(), new RunEffects { Published = [new("x", "p"u8.ToArray())], Appended = [new("x", "s"u8.ToArray())] }, null, Step(1));

        Assert.Equal(("p", "s"), (Text((await PublishedAsync("x"))!.Payload), Text(Assert.Single(await StreamAsync("x")).Payload)));
    }

    [Fact]
    public async Task R1914_A_run_may_publish_under_as_many_keys_as_the_limit_says_and_append_ten_thousand_items()
    {
        var keys = Enumerable.Range(0, DurableLimits.MaxPublishedKeys).Select(number => ($"key-{number}", $"{number}")).ToArray();
        var held = await HoldAsync();
        await PublishAsync(held, 1, keys);
        await AppendAsync(held, 2, [.. Enumerable.Range(0, 10_000).Select(number => ("log", $"{number}"))]);

        Assert.Equal("999", Text((await PublishedAsync("key-999"))!.Payload));
        Assert.Equal(Enumerable.Range(5_000, 1_000).Select(number => $"{number}"), (await StreamAsync("log", 5_000, 1_000)).Select(item => Text(item.Payload)));
    }

    private static RunEffects Output(string text, double? fraction) => new()
    {
        Published = [new("total", System.Text.Encoding.UTF8.GetBytes(text))],
        Appended = [new("log", System.Text.Encoding.UTF8.GetBytes(text))],
        Progress = new RunProgress(text, fraction),
    };

    private static NamedPayload[] Named((string Name, string Payload)[] values) => [.. values.Select(value => new NamedPayload(value.Name, System.Text.Encoding.UTF8.GetBytes(value.Payload)))];

    private async Task PublishAsync(RunRecord held, long sequence, params (string, string)[] values)
        => Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Published = Named(values) }, null, Step(sequence)));

    private async Task AppendAsync(RunRecord held, long sequence, params (string, string)[] items)
        => Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Appended = Named(items) }, null, Step(sequence)));

    private Task<PublishedRecord?> PublishedAsync(string key, string runId = "run") => Store.FindPublishedAsync(runId, key, default).AsTask();

    private async Task<IReadOnlyList<StreamRecord>> StreamAsync(string stream, long from = 0, int max = 100_000, string runId = "run") => await Store.ReadStreamAsync(runId, stream, from, max, default);
}
