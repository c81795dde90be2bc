using System.Text;
using Durable.Storage;
using Durable.TestKit.Codecs;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Codecs;

/// <summary>Runs over a store that keeps payloads encoded.</summary>
public sealed class EncodedRunTests : CodecStory
{
    [Fact]
    public void Nothing_of_a_payload_is_plain_in_the_store()
    {
        Fails = true;
        var host = Start(new SealCodec());
        Begin(host.Client, "a");
        Fails = false;
        Begin(host.Client, "b");

        var stored = Stored("a").Concat(Stored("b")).Where(payload => !payload.IsEmpty).ToList();

        // Of each run its arguments and its end, of its two steps arguments and outcome.
        Assert.Equal(2 * 6, stored.Count);
        Assert.All(stored, payload => Assert.DoesNotContain("secret", Encoding.Latin1.GetString(payload.Span)));
        Assert.Equal("charged secret-1, mailed secret-2", Result(host, "b"));
        Assert.Contains("no mail for secret-3", Info(host, "a").Error!.Message);
    }

    [Fact]
    public void The_reason_of_a_termination_is_encoded()
    {
        var client = Client(new SealCodec());
        Simulation.Run(() => client.StartAsync(Workflow.Call(), "a"));

        Simulation.Run(() => client.GetRun("a").TerminateAsync("secret-4 asked for it"));

        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(Find("a").Error.Span));
        Assert.Equal("secret-4 asked for it", Simulation.Run(() => client.GetRun("a").GetInfoAsync()).Error!.Message);
    }

    [Fact]
    public void A_run_whose_host_dies_is_replayed_over_what_is_encoded()
    {
        var host = Start(new PackCodec(), new SealCodec());
        BeginAndDie(host, "a");

        var next = Start(new PackCodec(), new SealCodec());
        Simulation.PassLeases();

        Assert.Equal("charged secret-1, mailed secret-2", Result(next, "a"));
        Assert.Equal(["charge", "mail"], Bodies);
    }

    [Fact]
    public void Starting_again_is_idempotent_though_no_two_encodings_need_be_equal()
    {
        var host = Start(new SealCodec(key: 1));
        Begin(host.Client, "a");
        Begin(Start(new SealCodec(key: 2, name: "other")).Client, "a");

        Assert.Equal(["charge", "mail"], Bodies);
    }

    [Fact]
    public void What_was_stored_before_there_was_a_codec_is_read()
    {
        BeginAndDie(Start(), "a");

        var next = Start(new SealCodec());
        Simulation.PassLeases();

        Assert.Equal("charged secret-1, mailed secret-2", Result(next, "a"));
        Assert.Equal(["charge", "mail"], Bodies);
        Assert.StartsWith("{", Encoding.UTF8.GetString(Find("a").Input.Span));
        Assert.Equal(0xD5, Find("a").Result.Span[0]);
    }

    [Fact]
    public void A_codec_that_was_replaced_is_kept_for_reading()
    {
        BeginAndDie(Start(new SealCodec(1, "old")), "a");

        var next = Simulation.Start(durable => Configure(durable.Add(Workflow), new SealCodec(2, "new")).UsePayloadCodec(new SealCodec(1, "old"), readOnly: true));
        Simulation.PassLeases();

        Assert.Equal("charged secret-1, mailed secret-2", Result(next, "a"));
        Assert.Contains("new", Encoding.Latin1.GetString(Find("a").Result.Span[..10]));
    }

    [Fact]
    public void A_result_that_a_codec_cannot_encode_is_written_once_it_can_and_its_body_does_not_run_again()
    {
        var codec = new Moody();
        var host = Start(codec);
        OnBody = () => codec.IsBroken = true;
        Begin(host.Client, "a");
        Simulation.Settle();
        Assert.Equal(["charge"], Bodies);
        Assert.Equal((RunStatus.Running, 0), (Find("a").Status, Checkpoints("a").Count));

        (codec.IsBroken, OnBody) = (false, null);
        Simulation.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("charged secret-1, mailed secret-2", Result(host, "a"));
        Assert.Equal(["charge", "mail"], Bodies);
    }

    [Fact]
    public void Arguments_that_a_codec_cannot_encode_are_not_accepted()
    {
        var client = Client(new Moody { IsBroken = true });

        var failure = Assert.Throws<StoreException>(() => Begin(client, "a"));

        Assert.StartsWith("Payload codec 'moody' does not encode the arguments of run 'a'. Nothing was written.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, Ended(Start(new SealCodec())));

        RunStatus Ended(DurableHost host)
        {
            Begin(host.Client, "a");
            return Info(host, "a").Status;
        }
    }

    [Fact]
    public async Task Codecs_stand_within_all_decorators_whatever_the_order_of_registration()
    {
        HookedStore? seen = null;
        var store = new InMemoryStore(TimeProvider.System);
        var outer = new ServiceCollection().AddDurable(durable => durable
                .DecorateStore((_, inner) => seen = new HookedStore(inner)).UsePayloadCodec(_ => new SealCodec()).UseStore(_ => store))
            .BuildServiceProvider().GetRequiredService<IRunStore>();

        await outer.CreateRunAsync(new NewRun { RunId = "a", Workflow = new("W", 1), Input = "1"u8.ToArray(), Fingerprint = 0 }, default);

        Assert.Same(seen, outer);
        Assert.Equal("1"u8.ToArray(), (await outer.FindRunAsync("a", default))!.Input.ToArray());
        Assert.Equal(0xD5, (await store.FindRunAsync("a", default))!.Input.Span[0]);
    }

    [Fact]
    public void Without_a_codec_nothing_stands_around_the_store()
        => Assert.IsType<InMemoryStore>(new ServiceCollection().AddDurable(durable => durable.UseInMemory()).BuildServiceProvider().GetRequiredService<IRunStore>());

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void In_whatever_order_the_work_is_done_two_workers_finish_all_runs(int seed)
    {
        var simulation = new EngineSimulation(seed, store: EncodedStore.Around);
        var workflow = TestWorkflow.Define("Sum", async (w, input) =>
        {
            var parts = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => w.StepAsync("part", $"{i}", _ => Task.FromResult(input + i))));
            return string.Join(' ', parts);
        });
        var first = simulation.Start(workflow);
        simulation.Start(workflow);

        for (var run = 0; run < 5; run++)
            simulation.Run(() => first.Client.StartAsync(workflow.Call($"r{run}-"), $"{run}"));

        Assert.Equal("r3-0 r3-1 r3-2", simulation.Run(() => first.Client.GetRun<string>("3").GetResultAsync()));
        Assert.Equal(5, simulation.Store.Outcomes.Count);
    }
}
