using Durable.Generators.Emission;
using Durable.Payloads;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What cannot be stored is said with its path, and the emitted code compiles without it.</summary>
public sealed class PayloadProblemTests
{
    [Theory]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int A { get; init; } = 5;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool A { get; set; } = true;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? A { get; init; } = \"none\";")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? A { get; set; } = 0;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<int>? A { get; set; } = [];")]
    [InlineData("public R(int a = 3) => A = a; [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int A { get; }")]
    public void A_value_that_is_left_out_and_comes_back_as_another_is_lossy(string member)
        => Assert.Equal([(PayloadProblemKind.Lossy, "R.A")], Build("R", $"public class R {{ {member} }}").Models["Value"].Problems.Select(problem => (problem.Kind, problem.Path)));

    [Theory]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public int A { get; set; }")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int A { get; set; }")]
    public void A_member_that_is_only_read_or_only_written_is_lossy(string member)
        => Assert.Equal([(PayloadProblemKind.Lossy, "R.A")], Build("R", $"public class R {{ {member} }}").Models["Value"].Problems.Select(problem => (problem.Kind, problem.Path)));

    [Theory]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int A { get; init; } = 0;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public DayOfWeek A { get; init; } = default;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public string? A { get; init; }")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? A { get; init; } = null;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<int> A { get; init; } = [];")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public TimeSpan A { get; init; } = TimeSpan.Zero;")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int A { get; init; } = 5;")]
    public void What_is_left_out_and_comes_back_as_it_was_is_no_problem(string member) => Assert.Empty(Build("R", $"public class R {{ {member} }}").Models["Value"].Problems);

    [Theory]
    [InlineData("object", "object")]
    [InlineData("Action", "Action")]
    [InlineData("System.IO.Stream", "Stream")]
    [InlineData("CancellationToken", "CancellationToken")]
    [InlineData("Task<int>", "Task<int>")]
    [InlineData("Type", "Type")]
    [InlineData("IDisposable", "IDisposable")]
    [InlineData("IntPtr", "nint")]
    [InlineData("Exception", "Exception")]
    [InlineData("ValueTuple", "ValueTuple")]
    [InlineData("(int, (string, Action))[]", "(int, (string, Action))[][].Item2.Item2")]
    [InlineData("R", "R.Both.B", "public record R((int A, object B) Both);")]
    [InlineData("Dictionary<(int, int), int>", "Dictionary<(int, int), int>[key]")]
    [InlineData("ReadOnlyMemory<int>", "ReadOnlyMemory<int>")]
    [InlineData("int[,]", "int[,]")]
    [InlineData("object[]", "object[][]")]
    [InlineData("List<Action?>", "List<Action?>[]")]
    [InlineData("Dictionary<string, object>", "Dictionary<string, object>[]")]
    [InlineData("Dictionary<byte[], int>", "Dictionary<byte[], int>[key]")]
    [InlineData("Dictionary<R, int>", "Dictionary<R, int>[key]", "public record R(int A);")]
    [InlineData("Dictionary<R, int>", "Dictionary<R, int>[key]", "[JsonConverter(typeof(C))] public record R(int A); public class C : JsonConverter<R> { public override R Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(1); public override void Write(Utf8JsonWriter writer, R value, JsonSerializerOptions options) => writer.WriteNumberValue(1); }")]
    [InlineData("Stack<int>", "Stack<int>")]
    [InlineData("ImmutableStack<int>", "ImmutableStack<int>")]
    [InlineData("IImmutableStack<int>", "IImmutableStack<int>")]
    [InlineData("System.Collections.Concurrent.ConcurrentStack<int>", "ConcurrentStack<int>")]
    [InlineData("System.Collections.Concurrent.ConcurrentBag<int>", "ConcurrentBag<int>")]
    [InlineData("PriorityQueue<int, int>", "PriorityQueue<int, int>")]
    [InlineData("Order", "Order.Lines[].Tag", "public record Order(List<Line> Lines); public record Line(object Tag);")]
    [InlineData("Order", "Order.Child.Child", "public record Order(Inner? Child); public record Inner(Order? Parent, Delegate Child);")]
    [InlineData("Shape", "Shape", "public abstract class Shape;")]
    [InlineData("Lines", "Lines", "public class Lines : List<int>;")]
    [InlineData("Animal", "Animal", "[JsonPolymorphic] public class Animal;")]
    [InlineData("Animal", "Animal", "[JsonDerivedType(typeof(Dog))] public class Animal; public class Dog : Animal;")]
    [InlineData("Animal", "Animal", "[JsonDerivedType(typeof(Dog), \"dog\")] public class Animal; public class Dog;")]
    [InlineData("Animal", "Animal", "[JsonDerivedType(typeof(Dog<>), \"dog\")] public class Animal; public class Dog<T> : Animal;")]
    [InlineData("Animal", "Animal", "[JsonDerivedType(typeof(Dog), 1), JsonDerivedType(typeof(Cat), 1)] public class Animal; public class Dog : Animal; public class Cat : Animal;")]
    [InlineData("Animal", "Animal", "[JsonDerivedType(typeof(Animal), 1)] public sealed class Animal;")]
    [InlineData("Animal", "Animal", "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(Dog), 1)] public class Animal; public class Dog : Animal;")]
    [InlineData("Animal", "Animal.Owner", "[JsonDerivedType(typeof(Dog), 1)] public abstract class Animal; public class Dog : Animal { public object? Owner { get; set; } }")]
    [InlineData("R", "R", "public class R { private R() { } }")]
    [InlineData("R", "R", "public class R { public R(int a) { } public R(string b) { } }")]
    [InlineData("R", "R", "public class R(int a) { public int Sum() => a; }")]
    [InlineData("R", "R", "public class R(ref int a) { public int A { get; } = a; }")]
    [InlineData("R", "R", "public class R(ref readonly int a) { public int A { get; } = a; }")]
    [InlineData("R", "R", "public class R { public R(out int a) => A = a = 1; public int A { get; } }")]
    [InlineData("R", "R", "public class R { public int A { get; set; } [JsonPropertyName(\"A\")] public int B { get; set; } }")]
    [InlineData("R", "R.Rest", "public class R { [JsonExtensionData] public Dictionary<string, JsonElement>? Rest { get; set; } }")]
    [InlineData("R", "R.A", "public class R { [Obsolete(\"gone\", true)] public int A { get; set; } }")]
    [InlineData("Grow<int>", null, "public class Grow<T> { public Grow<Grow<T>>? Next { get; set; } }")]
    [InlineData("Grow<int, int>.In", null, "public class Grow<T, U> { public class In { public Grow<Grow<T, U>, Grow<U, T>>.In? Next { get; set; } } }")]
    [InlineData("Grow<int>", null, "public class Grow<T> { public Grow<List<T>>? A { get; set; } public Grow<T[]>? B { get; set; } public Grow<HashSet<T>>? C { get; set; } }")]
    public void A_type_without_a_stored_form_is_refused_with_its_path(string type, string? path, string declaration = "")
    {
        var sample = Build(type, declaration);
        var problem = Assert.Single(sample.Models["Value"].Problems.Take(1));
        Assert.Equal(PayloadProblemKind.Unsupported, problem.Kind);
        if (path is not null)
            Assert.Equal(path, problem.Path);
        Assert.False(sample.Models["Value"].IsStorable);
        Assert.Contains("cannot be stored", Assert.Throws<NotSupportedException>(() => sample.Json()).Message);
    }

    [Theory]
    [InlineData("R", "[JsonConverter(typeof(Version))] public class R { public int A { get; set; } }")]
    [InlineData("R", "[JsonConverter(typeof(R))] public enum R { A }")]
    [InlineData("R.A", "public class R { [JsonConverter(typeof(R))] public int A { get; set; } }")]
    [InlineData("R.A", "public class R { [JsonConverter(typeof(JsonStringEnumConverter))] public int? A { get; set; } }")]
    public void A_converter_that_is_none_or_not_for_the_type_is_refused(string path, string declaration)
    {
        var sample = Build("R", declaration);
        var problem = Assert.Single(sample.Models["Value"].Problems);
        Assert.Equal((PayloadProblemKind.Unsupported, path), (problem.Kind, problem.Path));
        Assert.False(sample.Models["Value"].IsStorable);
    }

    [Fact]
    public void A_dynamic_type_is_refused()
        => Assert.Equal("R.A[]", Assert.Single(PayloadSample.Read("public static class Sample { public static R Value => null!; } public record R(List<dynamic> A);")["Value"].Problems).Path);

    [Fact]
    public void Each_place_of_a_refused_type_is_said()
        => Assert.Equal(["R.A", "R.B", "R.C[]"], PayloadSample.Read("public static class Sample { public static R Value => null!; } public record R(object A, object B, object[] C);")["Value"].Problems.Select(problem => problem.Path));

    [Fact]
    public void What_a_refused_type_reaches_is_stored_where_it_stands_alone()
    {
        var models = PayloadSample.Read("public static class Sample { public static R Value => null!; } public record R(object A, S B); public record S(int C);");
        Assert.Equal(["global::S", "int"], models["Value"].Types.Select(type => type.Name));
    }

    [Theory]
    [InlineData("public static class Sample { private static R Make() => null!; private class R; internal static object Value => Make(); private static List<R> Hidden => []; }")]
    [InlineData("public static class Sample { private static Outer.R Hidden => new(); internal class Outer { private protected class P; internal class R { } } }")]
    public void Reading_a_hidden_type_does_not_fail(string source) => Assert.NotEmpty(PayloadSample.Read(source));

    [Theory]
    [InlineData("private static List<R> Value => []; private class R;", "List<R>")]
    [InlineData("private static List<Outer.R> Value => []; private class Outer { public class R; }", "List<R>")]
    public void A_type_that_generated_code_cannot_name_is_inaccessible(string members, string path)
    {
        var problem = Assert.Single(PayloadSample.Read($"public static class Sample {{ {members} }}")["Value"].Problems);
        Assert.Equal((PayloadProblemKind.Inaccessible, path), (problem.Kind, problem.Path));
    }

    [Theory]
    [InlineData("public class R { public int A; }", "R.A")]
    [InlineData("public class R { public int A { get; private set; } }", "R.A")]
    [InlineData("public class R { public Guid A { get; } = Guid.NewGuid(); }", "R.A")]
    [InlineData("public class R { public R() { } public R(int a) => A = a; public int A { get; } }", "R.A")]
    [InlineData("public class R { public List<int> A { get; } = [1]; }", "R.A")]
    [InlineData("public record R(int X) { public List<int> A { get; } = []; }", "R.A")]
    public void State_that_is_not_stored_or_not_read_back_is_lossy(string declaration, string path)
    {
        var sample = Build("R", declaration);
        var problem = Assert.Single(sample.Models["Value"].Problems);
        Assert.Equal((PayloadProblemKind.Lossy, path), (problem.Kind, problem.Path));
        Assert.True(sample.Models["Value"].IsStorable);
    }

    [Theory]
    [InlineData("public class R { public int A => 5; }")]
    [InlineData("public class R { public string A { get; } = \"fixed\"; }")]
    [InlineData("public class R { public R() => A = 5; public int A { get; } }")]
    [InlineData("public class R { public IReadOnlyList<int> A { get; } = []; }")]
    [InlineData("public record R(int A) { public string B { get; init; } = A.ToString(); }")]
    public void What_every_instance_has_alike_is_not_lossy(string declaration) => Assert.Empty(Build("R", declaration).Models["Value"].Problems);

    [Fact]
    public void A_type_that_does_not_exist_is_unresolved()
        => Assert.Equal(PayloadProblemKind.Unresolved, Assert.Single(PayloadSample.Read("public static class Sample { public static R Value => null!; } public record R(Missing A);")["Value"].Problems).Kind);

    [Fact]
    public void Reading_broken_code_never_throws()
    {
        const string Source = """
            public static class Sample { public static R<int, string> Value => null!; public static Dictionary<K, List<S?>> Other => null!; }
            [JsonConverter(typeof(C))] public enum K { A = 1 } public class C : JsonConverterFactory;
            public record R<T, U>([property: JsonPropertyName("x")] T A, int B = 5, [property: JsonIgnore(Condition = JsonIgnoreCondition.Always)] R<U, T>? C = null) : B<T>(A) where T : struct
            { public required U D { get; init; } public List<int> E { get; set; } = [1, 2]; public string F { get; init; } = "a" + nameof(F); public S G => new(); }
            public abstract record B<T>([property: JsonNumberHandling(JsonNumberHandling.Strict)] T Z) { [JsonInclude] private int X; [JsonConstructor] protected B() : this(default(T)!) { } }
            public struct S { public S X { get; set; } public S(int y) { } public ref int Y => throw null!; public Missing M { get; } = 5; }
            """;
        var cuts = Enumerable.Range(0, Source.Length / 7).Select(index => Source[..(index * 7)]).Append(Source);
        var read = 0;
        foreach (var cut in cuts.Where(cut => cut.Contains("class Sample")))
        {
            Assert.NotNull(PayloadEmitter.Emit("N", PayloadSample.Read(cut).Values, []));
            read++;
        }

        Assert.True(read > 100);
    }

    private static PayloadSample Build(string type, string declaration) => PayloadSample.Build($"#nullable enable\npublic static class Sample {{ public static {type} Value => default!; }} {declaration}");
}
