using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Of random values: what a fingerprint must not see, and that it sees everything else. DURABLE_SEED repeats, DURABLE_PAYLOADS sets how many.</summary>
public sealed class FingerprintPropertyTests(ITestOutputHelper output)
{
    private static readonly PayloadSample s_sample = PayloadSample.Build($"public static class Sample {{ public static Rich Rich => default!; public static Wide Wide => default!; }} {RichValues.Types}");

    [Fact]
    public void The_order_of_members_sets_and_dictionaries_does_not_count()
        => Holds(value => Assert.Equal(Fingerprint("Rich", value), Fingerprint("Rich", RichValues.Shuffled(value, new Random(value.ToJsonString().Length)))));

    [Fact]
    public void Members_that_are_null_or_at_their_declared_default_do_not_count()
        => Holds(value => Assert.Equal(Fingerprint("Wide", value), Fingerprint("Wide", RichValues.WithoutDefaults(value))));

    [Fact]
    public void Trailing_zeros_of_decimals_do_not_count()
        => Holds(value => Assert.Equal(Fingerprint("Rich", value), Fingerprint("Rich", RichValues.WithZeros(value))));

    [Fact]
    public void Wider_numbers_other_collections_and_added_members_that_are_null_or_default_do_not_count()
        => Holds(value => Assert.Equal(Fingerprint("Rich", value), Fingerprint("Wide", value)));

    [Fact]
    public void What_was_stored_and_read_has_the_fingerprint_of_what_was_there_before()
        => Holds(value =>
        {
            var form = StoredForm.Of(s_sample, "Rich");
            var live = form.Read(Bytes(value));
            Assert.Equal(form.Fingerprint(live), form.Fingerprint(form.Read(form.Write(live))));
        });

    [Fact]
    public void Any_change_of_a_single_value_counts()
        => Holds(value =>
        {
            var fingerprint = Fingerprint("Rich", value);
            foreach (var (place, mutant) in RichValues.Mutants(value))
                Assert.True(fingerprint != Fingerprint("Rich", mutant), $"A change of {place} was not seen.");
        });

    private void Holds(Action<JsonObject> claim)
    {
        var seed = (ulong)PayloadSeed.Get(output, nameof(FingerprintPropertyTests));
        var replay = new Replay(new Rnd(seed, (seed << 1) | 1), FSharpOption<int>.None);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(PayloadSeed.Count(otherwise: 200)).WithReplay(FSharpOption<Replay>.Some(replay)),
            Prop.ForAll(RichValues.All.ToArbitrary(), claim));
    }

    private static long Fingerprint(string type, JsonNode? value)
    {
        var form = StoredForm.Of(s_sample, type);
        return form.Fingerprint(form.Read(Bytes(value)));
    }

    private static byte[] Bytes(JsonNode? value) => Encoding.UTF8.GetBytes(value!.ToJsonString());
}
