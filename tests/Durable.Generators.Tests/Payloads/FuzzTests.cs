using System.Text;
using Durable.TestKit;
using Xunit.Abstractions;

namespace Durable.Generators.Tests.Payloads;

/// <summary>
/// Whatever stands in the store: reading it gives a value that can be stored again, or a <see cref="PayloadException"/>, and takes memory in proportion to its size. DURABLE_SEED repeats, DURABLE_PAYLOADS sets how many.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    // What the error alone takes, and what a read may take for each byte: an item of a list of "{}" is an object of some hundred.
    private const long FixedBytes = 64 * 1024;
    private const long BytesPerByte = 100;

    private static readonly PayloadSample s_sample = PayloadSample.Build($$"""
        public static class Sample { public static Rich Rich => default!; public static Wide Wide => default!; public static Scalars Scalars => default!; public static Maps Maps => default!; public static Tree Tree => default!; public static Members Members => default!; }
        {{RichValues.Types}}
        public record Scalars(
            bool Flag, sbyte Tiny, short Small, int Number, long Large, ulong Unsigned, Int128 Huge, Half Half, float Single, double Double, char Character, string Text, Guid Id, DateTime Time, DateTime Unspecified,
            DateTimeOffset Offset, DateOnly Date, TimeOnly Clock, TimeSpan Span, Uri Link, Version Version, byte[] Bytes, string? Missing);
        public record Maps(Dictionary<string, int> ByName, Dictionary<int, string?> ByNumber, IReadOnlyDictionary<DayOfWeek, int> ByDay, IDictionary<Guid, bool> ById);
        public record Tree(string Name, Tree? Left, List<Tree> More);
        public enum State { New, Paid }
        public class Members
        {
            public List<int> Filled { get; } = []; public ISet<string> Set { get; init; } = new HashSet<string>(); public IReadOnlySet<Guid>? ReadOnly { get; init; } public ImmutableList<int[]> Nested { get; init; } = [];
            [JsonConverter(typeof(JsonStringEnumConverter<State>))] public State State { get; set; } [JsonInclude] public int Field; public KeyValuePair<string, int?> Pair { get; init; }
            [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)] public int Quoted { get; set; } public required string Required { get; init; } public Struct Struct { get; init; }
        }
        public readonly record struct Struct(int A, string? B = "b", DayOfWeek Day = DayOfWeek.Friday);
        """);

    // Of the types that read the golden files.
    private static readonly (string Type, byte[] Json)[] s_golden =
    [
        ("Tuples", Golden("tuples")), ("Animals", Golden("animals")), ("AnimalsLater", Golden("animals")), ("Collections", Golden("collections")), ("Keys", Golden("keys")), ("Jsons", Golden("json")), ("Pairs", Golden("pairs")),
    ];

    private static readonly (string Type, byte[] Json)[] s_sound =
    [
        .. s_golden,
        ("Scalars", Golden("scalars")), ("Maps", Golden("stock")), ("Tree", Golden("tree")),
        ("Members", """{"Filled":[1,2],"Set":["a","b"],"ReadOnly":["01234567-89ab-cdef-0123-456789abcdef"],"Nested":[[1],[],[2,3]],"State":"Paid","Field":3,"Pair":{"Key":"k","Value":null},"Quoted":"7","Required":"r","Struct":{"A":1}}"""u8.ToArray()),
        ("Rich", Encoding.UTF8.GetBytes(Rich)), ("Wide", Encoding.UTF8.GetBytes(Rich)),
    ];

    private const string Rich = """
        {"Name":"n","Number":3,"Amount":1.50,"Ratio":0.1,"Flag":true,"Id":"01234567-89ab-cdef-0123-456789abcdef","Day":5,"At":"2026-01-02T03:04:05+02:00","Bytes":"AQL/","Maybe":null,"Note":"é",
        "Part":{"Sku":"s","Count":1,"Price":2.5,"Tags":["t"]},"Parts":[{"Sku":"s","Count":1}],"Numbers":[1,2],"Prices":{"a":1.0},"Names":["x","\ud83d\ude00"],"Next":null}
        """;

    [Fact]
    public void Of_damaged_payloads_come_values_or_PayloadExceptions_and_nothing_else()
    {
        var seed = PayloadSeed.Get(output, nameof(FuzzTests));
        var count = PayloadSeed.Count(otherwise: 20_000);
        var forms = s_sound.Select(sound => StoredForm.Of(s_golden.Contains(sound) ? GoldenTypes.Sample : s_sample, sound.Type)).ToArray();
        for (var i = 0; i < s_sound.Length; i++)
            Assert.Null(Problem(forms[i], s_sound[i].Json).Problem);

        var (read, worst) = (0, 0L);
        for (var number = 0; number < count; number++)
        {
            var random = new Random(HashCode(seed, number));
            var which = random.Next(s_sound.Length);
            var mutant = PayloadMutants.Next(s_sound[which].Json, random);
            var (problem, isRead, allocated) = Problem(forms[which], mutant);
            // What is allocated once and for all, code that is compiled included, is not the payload's: only what is taken each time counts.
            if (problem is null && allocated > Bound(mutant))
                (problem, isRead, allocated) = Problem(forms[which], mutant);
            if (problem is null && allocated > Bound(mutant))
                problem = $"{allocated:N0} bytes were allocated.";
            Assert.True(problem is null, $"DURABLE_SEED={seed}, mutant {number} of {s_sound[which].Type}, {mutant.Length} bytes: {problem}\n{Encoding.UTF8.GetString(mutant)}");
            read += isRead ? 1 : 0;
            worst = Math.Max(worst, allocated);
        }

        output.WriteLine($"{count:N0} mutants, {read:N0} were read, the others refused; no read allocated more than {worst:N0} bytes.");
        Assert.InRange(read, count / 50, count - (count / 5));
    }

    private static (string? Problem, bool IsRead, long Allocated) Problem(StoredForm form, byte[] json)
    {
        object? value;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            value = form.Read(json);
        }
        catch (PayloadException)
        {
            return (null, false, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (Exception exception)
        {
            return ($"reading throws {exception}", false, 0);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        try
        {
            var again = form.Write(value);
            return (again.AsSpan().SequenceEqual(form.Write(form.Read(again))) ? null : "it changes when it is stored and read again.", true, allocated);
        }
        catch (PayloadException)
        {
            // A number that is too large for a double is read as infinity, which has no form.
            return (null, true, allocated);
        }
        catch (Exception exception)
        {
            return ($"what was read cannot be stored and read again: {exception}", true, allocated);
        }
    }

    private static long Bound(byte[] mutant) => FixedBytes + (BytesPerByte * mutant.Length);

    private static int HashCode(int seed, int number) => unchecked((seed * 397) ^ (number * 486_187_739));

    private static byte[] Golden(string file) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Durable.Generators.Tests", "Payloads", "Golden", file + ".json"));
}
