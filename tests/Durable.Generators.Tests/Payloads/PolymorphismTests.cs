namespace Durable.Generators.Tests.Payloads;

/// <summary>A value of a declared derived type is stored with its discriminator and comes back as what it was.</summary>
public sealed class PolymorphismTests
{
    private const string Pets = """
        [JsonDerivedType(typeof(Dog), "dog"), JsonDerivedType(typeof(Cat), 7)] public abstract record Pet(string Name) { public int Age { get; init; } = 1; }
        public record Dog(string Name, bool Barks) : Pet(Name); public record Cat(string Name) : Pet(Name) { public Pet? Friend { get; init; } }
        public record Bird(string Name) : Pet(Name);
        """;

    private const string Shapes = """
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")] public interface IShape { int Size { get; } }
        public class Circle : IShape { public int Size { get; set; } } public readonly record struct Square(int Size) : IShape;
        """;

    private const string Orders = """
        [JsonDerivedType(typeof(Order), "order"), JsonDerivedType(typeof(Express), "express")] public class Order { public int Id { get; set; } }
        public class Express : Order { public string? By { get; init; } }
        """;

    private const string Plain = "[JsonDerivedType(typeof(Special), \"special\")] public class Order { public int Id { get; set; } } public class Special : Order { public int More { get; set; } }";

    [Theory]
    [InlineData("Pet", "new Dog(\"Rex\", true)", Pets)]
    [InlineData("Pet", "new Cat(\"Tom\") { Friend = new Dog(\"Rex\", false), Age = 3 }", Pets)]
    [InlineData("Pet?", "null", Pets)]
    [InlineData("Dog", "new(\"Rex\", true)", Pets)]
    [InlineData("List<Pet>", "[new Dog(\"Rex\", true), new Cat(\"Tom\")]", Pets)]
    [InlineData("IShape", "new Circle { Size = 2 }", Shapes)]
    [InlineData("Dictionary<string, IShape>", "new() { [\"a\"] = new Square(2) }", Shapes)]
    [InlineData("Order", "new() { Id = 1 }", Orders)]
    [InlineData("Order", "new Express { Id = 1, By = \"air\" }", Orders)]
    [InlineData("Order", "new() { Id = 1 }", Plain)]
    [InlineData("Order", "new Special { Id = 1, More = 2 }", Plain)]
    public void A_derived_value_is_stored_as_System_Text_Json_stores_it(string type, string value, string declarations)
    {
        var sample = Build(type, value, value, declarations);
        Assert.Empty(sample.Models["One"].Problems);
        var json = sample.Json("One");
        Assert.Equal(sample.Reflected("One"), json);
        Assert.Equal(json, sample.Reread(json, "One"));
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Theory]
    [InlineData("Pet", "new Dog(\"a\", true)", "new Dog(\"a\", false)", Pets)]
    [InlineData("Pet", "new Dog(\"a\", false)", "new Cat(\"a\")", Pets)]
    [InlineData("IShape", "new Circle { Size = 2 }", "new Square(2)", Shapes)]
    [InlineData("Order", "new()", "new Express()", Orders)]
    public void The_discriminator_and_derived_members_count(string type, string one, string other, string declarations)
    {
        var sample = Build(type, one, other, declarations);
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void Derived_types_that_are_named_later_leave_the_values_of_the_type_itself_as_they_were()
    {
        var sample = PayloadSample.Build("""
            public static class Sample { public static V1.R One => new() { A = 1 }; public static V2.R Other => new() { A = 1 }; }
            namespace V1 { public class R { public int A { get; set; } } }
            namespace V2 { [JsonDerivedType(typeof(S), "s")] public class R { public int A { get; set; } } public class S : R; }
            """);
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
        Assert.Equal(sample.Json("One"), sample.Json("Other"));
    }

    [Fact]
    public void A_value_of_a_type_that_is_not_named_is_refused_instead_of_stored_in_part()
    {
        var sample = Build("Pet", "new Bird(\"b\")", "new Bird(\"b\")", Pets);
        Assert.Contains("[JsonDerivedType(typeof(Bird)", Assert.Throws<PayloadException>(() => sample.Fingerprint("One")).Message);
        Assert.Throws<NotSupportedException>(() => sample.Json("One"));
    }

    private static PayloadSample Build(string type, string one, string other, string declarations)
        => PayloadSample.Build($"public static class Sample {{ public static {type} One => {one}; public static {type} Other => {other}; }} {declarations}");
}
