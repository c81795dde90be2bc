using System.Text;
using Durable.Serialization;

namespace Durable.Runtime.Tests.Errors;

/// <summary>The stored form of errors, which is for ever.</summary>
public sealed class StoredErrorTests
{
    private static readonly ErrorInfo s_error = new()
    {
        TypeName = "Acme.Outer",
        BaseTypeNames = ["System.SystemException"],
        Message = "outer <1>",
        StackTrace = "at Acme",
        Inner = new ErrorInfo { TypeName = "Acme.Inner", Message = "inner" },
    };

    [Fact]
    public void An_error_without_data_is_stored_as_it_ever_was()
        => Assert.Equal(
            """{"typeName":"Acme.Outer","baseTypeNames":["System.SystemException"],"message":"outer \u003C1\u003E","stackTrace":"at Acme","inner":{"typeName":"Acme.Inner","baseTypeNames":[],"message":"inner"}}""",
            Text(StoredError.Write(s_error)));

    [Fact]
    public void Data_stands_in_the_error_byte_for_byte()
    {
        const string Data = """{"Text":"<ä>", "Deep":[1.50]}""";
        var stored = StoredError.Write(s_error with { Inner = s_error.Inner! with { Data = Encoding.UTF8.GetBytes(Data) } });
        Assert.EndsWith(""","inner":{"typeName":"Acme.Inner","baseTypeNames":[],"message":"inner","data":""" + Data + "}}", Text(stored));
        var read = StoredError.Read(stored)!;
        Assert.Equal(Data, Text(read.Inner!.Data));
        Assert.True(read.Data.IsEmpty);
        Assert.Equal(Text(stored), Text(StoredError.Write(read)));
    }

    [Fact]
    public void Data_as_deep_as_a_payload_may_be_is_read_in_the_innermost_error()
    {
        var deepest = s_error.Inner! with { Data = Encoding.UTF8.GetBytes(new string('[', DurableLimits.MaxPayloadDepth) + new string(']', DurableLimits.MaxPayloadDepth)) };
        var error = Enumerable.Range(1, DurableLimits.MaxErrorDepth - 1).Aggregate(deepest, (inner, _) => s_error with { Inner = inner });
        var read = StoredError.Read(StoredError.Write(error));
        while (read!.Inner is not null)
            read = read.Inner;
        Assert.Equal(deepest.Data.ToArray(), read.Data.ToArray());
    }

    [Fact]
    public void An_error_of_an_older_build_without_base_types_is_asked_for_them()
        => Assert.False(StoredError.Read("{\"typeName\":\"Acme.Outer\",\"message\":\"outer\"}"u8.ToArray())!.IsCausedBy<TimeoutException>());

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
