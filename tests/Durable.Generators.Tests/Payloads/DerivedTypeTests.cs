using System.Text;

namespace Durable.Generators.Tests.Payloads;

/// <summary>An object of another class than the declared one would lose members in silence: it is refused.</summary>
public sealed class DerivedTypeTests
{
    private static readonly PayloadSample s_sample = PayloadSample.Build("""
        public static class Sample
        {
            public static Shape Derived => new Circle(1, 2);
            public static Shape Declared => new(1);
            public static Drawing InList => new([new(1), new Circle(1, 2)]);
            public static Called Callback => new();
        }
        public record Shape(int X);
        public record Circle(int X, int Radius) : Shape(X);
        public record Drawing(List<Shape> Shapes);
        public class Called : IJsonOnSerializing { public int Calls { get; set; } public void OnSerializing() => Calls++; }
        """);

    [Theory]
    [InlineData("Derived", "The payload cannot be stored as 'Shape': The value is of class 'Circle', and declared is 'Shape'")]
    [InlineData("InList", "The payload cannot be stored as 'Drawing' at '$.Shapes[1]': The value is of class 'Circle'")]
    public void An_object_of_a_derived_class_is_refused_and_its_place_named(string payload, string message)
    {
        var form = StoredForm.Of(s_sample, payload);
        Assert.StartsWith(message, Assert.Throws<PayloadException>(() => form.Write(form.Value)).Message);
    }

    // As a step's argument it is not stored, and what the derived class adds would be compared with nothing.
    [Theory]
    [InlineData("Derived")]
    [InlineData("InList")]
    public void Nor_has_it_a_fingerprint(string payload)
    {
        var form = StoredForm.Of(s_sample, payload);
        Assert.Contains("[JsonDerivedType(typeof(Circle)", Assert.Throws<PayloadException>(() => form.Fingerprint(form.Value)).Message);
    }

    [Fact]
    public void An_object_of_the_declared_class_is_stored() => Assert.Equal("""{"X":1}""", Written("Declared"));

    [Fact]
    public void A_types_own_callback_is_called() => Assert.Equal("""{"Calls":1}""", Written("Callback"));

    private static string Written(string payload)
    {
        var form = StoredForm.Of(s_sample, payload);
        return Encoding.UTF8.GetString(form.Write(form.Value));
    }
}
