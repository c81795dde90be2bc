using System.Buffers;
using System.Text;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.TestKit.Codecs;

namespace Durable.Runtime.Tests.Codecs;

/// <summary>What is stored of a payload, and what comes back of that.</summary>
public sealed class PayloadCodecsTests
{
    private static readonly PayloadOrigin s_origin = new("run", PayloadPart.Result, "/step");
    private static readonly byte[] s_payload = Encoding.UTF8.GetBytes($"\"{new string('a', 1_000)}\"");

    [Fact]
    public void Two_codecs_encode_in_order_and_decode_in_reverse()
    {
        var codecs = Codecs(new PackCodec(), new SealCodec());

        var stored = codecs.Encode(s_payload, s_origin);

        Assert.Equal("D50102" + "047061636B" + "047365616C", Convert.ToHexString(stored.Span[..13]));
        Assert.True(stored.Length < 100);
        Assert.Equal(s_payload, codecs.Decode(stored, s_origin).ToArray());
    }

    [Fact]
    public void What_was_written_in_another_order_is_read_in_its_own()
    {
        var stored = Codecs(new SealCodec(), new PackCodec()).Encode(s_payload, s_origin);
        Assert.Equal(s_payload, Codecs(new PackCodec(), new SealCodec()).Decode(stored, s_origin).ToArray());
    }

    [Fact]
    public void A_codec_that_declines_leaves_the_payload_to_the_next()
    {
        var stored = Codecs(new PackCodec(), new SealCodec()).Encode("1"u8.ToArray(), s_origin);

        Assert.Equal("D50101" + "047365616C", Convert.ToHexString(stored.Span[..8]));
        Assert.Equal("1", Encoding.UTF8.GetString(Codecs(new SealCodec()).Decode(stored, s_origin).Span));
    }

    [Fact]
    public void A_payload_that_all_codecs_decline_is_stored_as_it_is()
        => Assert.Equal("1"u8.ToArray(), Codecs(new PackCodec()).Encode("1"u8.ToArray(), s_origin).ToArray());

    [Fact]
    public void A_codec_for_reading_only_reads_and_does_not_write()
    {
        var stored = Codecs(new SealCodec()).Encode(s_payload, s_origin);
        var reading = new PayloadCodecs([(new SealCodec(), true)]);

        Assert.Equal(s_payload, reading.Decode(stored, s_origin).ToArray());
        Assert.Equal(s_payload, reading.Encode(s_payload, s_origin).ToArray());
    }

    [Fact]
    public void An_empty_payload_stays_empty()
    {
        var codecs = Codecs(new SealCodec());
        Assert.True(codecs.Encode(default, s_origin).IsEmpty);
        Assert.True(codecs.Decode(default, s_origin).IsEmpty);
    }

    [Theory]
    [InlineData("D5"), InlineData("D500"), InlineData("D501"), InlineData("D50100"), InlineData("D501047061636B"), InlineData("D580"), InlineData("D5000000000000000000")]
    public void Bytes_that_begin_like_a_header_come_back(string hex)
    {
        var (payload, codecs) = (Convert.FromHexString(hex), Codecs(new PackCodec()));
        Assert.Equal(payload, codecs.Decode(codecs.Encode(payload, s_origin), s_origin).ToArray());
    }

    [Fact]
    public void Every_changed_bit_of_what_a_cipher_stored_is_noticed()
    {
        var codecs = Codecs(new PackCodec(), new SealCodec());
        var stored = codecs.Encode(s_payload, s_origin).ToArray();
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            var changed = stored.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var read = codecs.Decode(changed, s_origin);
            // Without its mark it is a payload that is no JSON.
            Assert.True(changed[0] != 0xD5 || changed[1] >= 0x80 || UnreadablePayload.Error(read.Span, "It") is not null, $"Bit {bit}");
        }
    }

    [Fact]
    public void Every_part_of_what_is_stored_is_noticed()
    {
        var codecs = Codecs(new PackCodec(), new SealCodec());
        var stored = codecs.Encode(s_payload, s_origin);
        for (var length = 2; length < stored.Length; length++)
            Assert.NotNull(UnreadablePayload.Error(codecs.Decode(stored[..length], s_origin).Span, "It"));
    }

    [Fact]
    public void A_payload_that_moved_is_noticed()
    {
        var codecs = Codecs(new SealCodec());
        var stored = codecs.Encode(s_payload, s_origin);
        PayloadOrigin[] others = [s_origin with { RunId = "run2" }, s_origin with { StepId = "/other" }, s_origin with { StepId = null }, s_origin with { Part = PayloadPart.Arguments }];

        Assert.All(others, other => Assert.Contains("belong to another place", Problem(codecs, stored, other).Message));
    }

    [Fact]
    public void A_codec_that_is_missing_is_named()
    {
        var problem = Problem(Codecs(new PackCodec()), Codecs(new PackCodec(), new SealCodec()).Encode(s_payload, s_origin));

        Assert.Equal("seal", problem.Codec);
        Assert.Equal("It cannot be decoded: it was encoded by payload codec 'seal', which is not registered here. Register it: durable.UsePayloadCodec(codec), or with readOnly: true to write without it from now on.", problem.Message);
    }

    [Fact]
    public void A_codec_that_fails_is_named_with_what_it_says()
    {
        var problem = Problem(Codecs(new SealCodec(key: 2)), Codecs(new SealCodec(key: 1)).Encode(s_payload, s_origin));

        Assert.Equal("seal", problem.Codec);
        Assert.Contains("either payload codec 'seal' lacks the key that it was encoded with, or the stored bytes were changed, or belong to another place. It says: System.Security.Cryptography.CryptographicException: The seal is broken.", problem.Message);
    }

    [Theory]
    [InlineData("D5030001"), InlineData("D502"), InlineData("D501"), InlineData("D50100"), InlineData("D50111"), InlineData("D50101FF"), InlineData("D5010100")]
    public void A_header_that_is_none_or_of_a_later_version_is_told(string stored)
        => Assert.Contains("of a later version, or damaged", Problem(Codecs(new SealCodec()), Convert.FromHexString(stored)).Message);

    [Fact]
    public void What_unpacks_to_more_than_the_limit_is_refused_before_it_takes_memory()
    {
        var bomb = Bomb(1L << 26);
        var codecs = Codecs(new PackCodec());
        var stored = PayloadEnvelope.Header(["pack"]).Concat(bomb).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var problem = Problem(codecs, stored);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * DurableLimits.MaxDecodedPayloadBytes);
        Assert.Contains("makes more than 4,194,304 bytes of it (DurableLimits.MaxDecodedPayloadBytes)", problem.Message);
    }

    [Fact]
    public void A_payload_of_the_largest_size_is_read()
    {
        var payload = new byte[DurableLimits.MaxDecodedPayloadBytes];
        payload[0] = 1;
        var codecs = Codecs(new PackCodec());
        Assert.True(codecs.Decode(codecs.Encode(payload, s_origin), s_origin).Span.SequenceEqual(payload));
    }

    [Fact]
    public void A_codec_that_makes_nothing_of_a_payload_is_refused()
        => Assert.Contains("makes nothing of it", Problem(Codecs(new Silent()), Codecs(new Silent()).Encode(s_payload, s_origin)).Message);

    [Fact]
    public void A_codec_that_cannot_encode_is_an_error_of_the_store_that_names_codec_and_place()
    {
        var failure = Assert.Throws<StoreException>(() => Codecs(new Broken()).Encode(s_payload, s_origin));
        Assert.Equal("Payload codec 'broken' does not encode the result of step '/step' of run 'run'. Nothing was written. It says: System.InvalidOperationException: no key", failure.Message);
    }

    [Theory]
    [InlineData(""), InlineData("a b"), InlineData("ä"), InlineData("a/b"), InlineData("123456789-123456789-123456789-123456789-123456789-1")]
    public void A_name_that_could_not_be_stored_is_refused(string name)
        => Assert.Contains("A name has 1 to 50 of the characters", Assert.Throws<InvalidOperationException>(() => Codecs(new SealCodec(name: name))).Message);

    [Fact]
    public void Two_codecs_of_one_name_are_refused()
        => Assert.Contains("Two payload codecs are named 'seal'", Assert.Throws<InvalidOperationException>(() => Codecs(new SealCodec(1), new SealCodec(2))).Message);

    [Fact]
    public void More_codecs_than_the_limit_are_refused()
        => Assert.Contains("MaxPayloadCodecs", Assert.Throws<InvalidOperationException>(() => Codecs([.. Enumerable.Range(0, 17).Select(number => new SealCodec(name: $"seal-{number}"))])).Message);

    [Fact]
    public void Without_any_codec_registered_what_is_stored_names_the_one_it_needs()
        => Assert.Equal("seal", UnreadablePayload.Error(Codecs(new SealCodec()).Encode(s_payload, s_origin).Span, "It")?.Codec);

    [Fact]
    public void An_error_that_cannot_be_decoded_is_shown_as_that()
    {
        var stored = Codecs(new SealCodec()).Encode(StoredError.Write(new ErrorInfo { TypeName = "T", Message = "secret" }), s_origin);

        var shown = StoredError.Show(stored);

        Assert.Equal("Durable.PayloadCodecException", shown?.TypeName);
        Assert.StartsWith("A stored error cannot be decoded: it was encoded by payload codec 'seal'", shown!.Message, StringComparison.Ordinal);
    }

    private static PayloadCodecs Codecs(params IPayloadCodec[] codecs) => new([.. codecs.Select(codec => (codec, false))]);

    private static PayloadCodecException Problem(PayloadCodecs codecs, ReadOnlyMemory<byte> stored, PayloadOrigin? origin = null)
        => UnreadablePayload.Error(codecs.Decode(stored, origin ?? s_origin).Span, "It") ?? throw new InvalidOperationException("It can be read.");

    private static byte[] Bomb(long bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var written = 0L; written < bytes; written += zeros.Length)
                stream.Write(zeros);
        }

        return packed.ToArray();
    }

    private sealed class Silent : IPayloadCodec
    {
        public string Name => "silent";

        public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded) => true;

        public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload)
        {
        }
    }

    private sealed class Broken : IPayloadCodec
    {
        public string Name => "broken";

        public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded) => throw new InvalidOperationException("no key");

        public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload) => throw new NotSupportedException();
    }
}
