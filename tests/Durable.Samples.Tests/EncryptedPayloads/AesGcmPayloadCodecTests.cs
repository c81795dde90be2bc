using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using EncryptedPayloads;

namespace Durable.Samples.Tests.EncryptedPayloads;

public sealed class AesGcmPayloadCodecTests
{
    private static readonly PayloadOrigin s_origin = new("run", PayloadPart.Result, "/step");

    // Of the first version of the codec, under the old key of the tests, made by another implementation of AES-GCM.
    private const string Golden = "01036F6C64000102030405060708090A0B2BD0F2EE0F15A2EE4C22A80D1D44AABD58CC426B0D0AE394EBF3473A83";

    private readonly AesGcmPayloadCodec _codec = SampleKeys.Codec("old", ("old", SampleKeys.Old));

    [Fact]
    public void A_payload_comes_back_and_is_not_seen_in_between()
    {
        var encoded = Encode(_codec);

        Assert.DoesNotContain("Marlowe", Encoding.Latin1.GetString(encoded));
        Assert.Equal(SampleKeys.Payload, Decode(_codec, encoded));
    }

    [Fact]
    public void What_was_encrypted_once_is_read_for_ever()
        => Assert.Equal("\"Ada Marlowe\"", Encoding.UTF8.GetString(Decode(_codec, Convert.FromHexString(Golden))));

    [Fact]
    public void Equal_payloads_have_different_forms() => Assert.NotEqual(Encode(_codec), Encode(_codec));

    [Fact]
    public void Nonce_tag_and_the_id_of_the_key_are_all_that_is_added()
        => Assert.Equal(2 + "old".Length + 12 + 16, Encode(_codec).Length - SampleKeys.Payload.Length);

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var encoded = Encode(_codec);
        for (var at = 0; at < encoded.Length; at++)
        {
            var changed = encoded.ToArray();
            changed[at] ^= 1;
            Assert.ThrowsAny<Exception>(() => Decode(_codec, changed));
        }
    }

    [Fact]
    public void Every_missing_end_is_noticed()
    {
        var encoded = Encode(_codec);
        for (var length = 0; length < encoded.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => Decode(_codec, encoded[..length]));
    }

    [Fact]
    public void A_payload_of_another_run_step_or_part_is_refused()
    {
        var encoded = Encode(_codec);
        PayloadOrigin[] others = [s_origin with { RunId = "run2" }, s_origin with { StepId = "/other" }, s_origin with { StepId = null }, s_origin with { Part = PayloadPart.Error }];
        Assert.All(others, other => Assert.ThrowsAny<CryptographicException>(() => Decode(_codec, encoded, other)));
    }

    [Fact]
    public void After_a_rotation_the_new_key_writes_and_both_read()
    {
        var before = Encode(_codec);
        var rotated = SampleKeys.Codec("new", ("old", SampleKeys.Old), ("new", SampleKeys.New));

        var after = Encode(rotated);

        Assert.Equal(SampleKeys.Payload, Decode(rotated, before));
        Assert.Equal(SampleKeys.Payload, Decode(rotated, after));
        Assert.Equal(SampleKeys.Payload, Decode(SampleKeys.Codec("new", ("new", SampleKeys.New)), after));
    }

    [Fact]
    public void A_key_that_is_missing_is_named_by_its_id_only()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Decode(SampleKeys.Codec("new", ("new", SampleKeys.New)), Encode(_codec)));
        Assert.Equal("There is no key 'old' here. It belongs into PayloadKeys:Keys.", error.Message);
    }

    [Fact]
    public void Another_key_under_the_same_id_is_noticed()
        => Assert.ThrowsAny<CryptographicException>(() => Decode(SampleKeys.Codec("old", ("old", SampleKeys.New)), Encode(_codec)));

    [Fact]
    public void Many_threads_share_one_codec()
        => Parallel.For(0, 1_000, number =>
        {
            var origin = new PayloadOrigin($"run-{number}", PayloadPart.Result);
            var encoded = new ArrayBufferWriter<byte>();
            _codec.TryEncode(SampleKeys.Payload, origin, encoded);
            Assert.Equal(SampleKeys.Payload, Decode(_codec, encoded.WrittenSpan, origin));
        });

    [Theory]
    [InlineData("no base64"), InlineData("c2hvcnQ="), InlineData(SampleKeys.Old + "AAAA")]
    public void A_key_that_is_none_is_refused_without_being_quoted(string key)
    {
        var error = Assert.Throws<InvalidOperationException>(() => SampleKeys.Read("k", ("k", key)));
        Assert.StartsWith("PayloadKeys:Keys:k is not a key: it has to be 32 bytes as base64.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.Message);
    }

    [Fact]
    public void A_current_key_that_is_not_there_is_refused()
    {
        Assert.Contains("PayloadKeys:Current is missing", Assert.Throws<InvalidOperationException>(() => SampleKeys.Read(null, ("old", SampleKeys.Old))).Message);
        Assert.Contains("names a key that is not in", Assert.Throws<InvalidOperationException>(() => SampleKeys.Read("new", ("old", SampleKeys.Old))).Message);
    }

    private static byte[] Encode(AesGcmPayloadCodec codec)
    {
        var encoded = new ArrayBufferWriter<byte>();
        Assert.True(codec.TryEncode(SampleKeys.Payload, s_origin, encoded));
        return encoded.WrittenSpan.ToArray();
    }

    private static byte[] Decode(AesGcmPayloadCodec codec, ReadOnlySpan<byte> encoded, PayloadOrigin? origin = null)
    {
        var payload = new ArrayBufferWriter<byte>();
        codec.Decode(encoded, origin ?? s_origin, payload);
        return payload.WrittenSpan.ToArray();
    }
}
