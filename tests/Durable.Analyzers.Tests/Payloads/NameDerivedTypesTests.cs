using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Payloads;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class NameDerivedTypesTests
{
    [Fact]
    public Task Every_class_that_may_stand_for_an_interface_is_named_in_the_order_of_its_declaration() => FixTest.Fixes(
        new NameDerivedTypes(), "DUR5001",
        """
        using System.Text.Json.Serialization;
        using Durable;

        /// <summary>A way to pay.</summary>
        public interface IPayment { }

        public sealed record Transfer(string Iban) : IPayment;
        public abstract record ByCard(string Number) : IPayment;
        public sealed record Visa(string Number) : ByCard(Number);
        public static class Others
        {
            public sealed record Cash(decimal Amount) : IPayment;
        }

        public partial class Paying
        {
            [Step] private partial Task<IPayment> ChooseAsync(List<IPayment> payments);
            private IPayment ChooseAsyncCore(List<IPayment> payments) => payments[0];
        }
        """,
        """
        using System.Text.Json.Serialization;
        using Durable;

        /// <summary>A way to pay.</summary>
        [JsonDerivedType(typeof(Transfer), "Transfer")]
        [JsonDerivedType(typeof(Visa), "Visa")]
        [JsonDerivedType(typeof(Others.Cash), "Cash")]
        public interface IPayment { }

        public sealed record Transfer(string Iban) : IPayment;
        public abstract record ByCard(string Number) : IPayment;
        public sealed record Visa(string Number) : ByCard(Number);
        public static class Others
        {
            public sealed record Cash(decimal Amount) : IPayment;
        }

        public partial class Paying
        {
            [Step] private partial Task<IPayment> ChooseAsync(List<IPayment> payments);
            private IPayment ChooseAsyncCore(List<IPayment> payments) => payments[0];
        }
        """);

    [Fact]
    public Task Types_that_share_a_line_with_an_attribute_or_what_follows_name_theirs_in_order() => FixTest.Fixes(
        new NameDerivedTypes(), "DUR5001",
        """
        using System.Text.Json.Serialization;
        using Durable;

        [Serializable] public abstract record Payment;
        public sealed record Cash(decimal Amount) : Payment; public sealed record Card(string Number) : Payment;

        public partial class Paying
        {
            private interface IPrivate { } private sealed record One : IPrivate; private sealed record Two : IPrivate;

            [Step] private partial Task<Payment> ChooseAsync(List<IPrivate> more);
            private Payment ChooseAsyncCore(List<IPrivate> more) => new Cash(1);
        }
        """,
        """
        using System.Text.Json.Serialization;
        using Durable;

        [JsonDerivedType(typeof(Cash), "Cash")]
        [JsonDerivedType(typeof(Card), "Card")]
        [Serializable] public abstract record Payment;
        public sealed record Cash(decimal Amount) : Payment; public sealed record Card(string Number) : Payment;

        public partial class Paying
        {
            [JsonDerivedType(typeof(One), "One")]
            [JsonDerivedType(typeof(Two), "Two")]
            private interface IPrivate { } private sealed record One : IPrivate; private sealed record Two : IPrivate;

            [Step] private partial Task<Payment> ChooseAsync(List<IPrivate> more);
            private Payment ChooseAsyncCore(List<IPrivate> more) => new Cash(1);
        }
        """);

    [Fact]
    public Task An_abstract_member_type_in_another_file_is_mended_there() => FixTest.Fixes(
        new NameDerivedTypes(), "DUR5001",
        [
            """
            using Durable;

            public partial class Feeding
            {
                [Workflow] public partial Task FeedAsync();
                private async Task FeedAsyncCore(WorkflowContext workflow) => await workflow.StepAsync("find", _ => Task.FromResult(new Dictionary<string, Cage>()));
            }

            public sealed record Cage(Pet Pet, Pet? Other);
            """,
            """
            using System.Text.Json.Serialization;
            using Durable;

            [Serializable]
            public abstract class Pet { public string Name { get; set; } = ""; }

            public sealed class Dog : Pet { public sealed class Small : Pet; }

            public sealed class Cat : Pet { public sealed class Small : Pet; private sealed class Hidden : Pet; }
            """,
        ],
        [
            """
            using Durable;

            public partial class Feeding
            {
                [Workflow] public partial Task FeedAsync();
                private async Task FeedAsyncCore(WorkflowContext workflow) => await workflow.StepAsync("find", _ => Task.FromResult(new Dictionary<string, Cage>()));
            }

            public sealed record Cage(Pet Pet, Pet? Other);
            """,
            """
            using System.Text.Json.Serialization;
            using Durable;

            [Serializable]
            [JsonDerivedType(typeof(Dog), "Dog")]
            [JsonDerivedType(typeof(Dog.Small), "Dog.Small")]
            [JsonDerivedType(typeof(Cat), "Cat")]
            [JsonDerivedType(typeof(Cat.Small), "Cat.Small")]
            public abstract class Pet { public string Name { get; set; } = ""; }

            public sealed class Dog : Pet { public sealed class Small : Pet; }

            public sealed class Cat : Pet { public sealed class Small : Pet; private sealed class Hidden : Pet; }
            """,
        ]);

    [Fact]
    public Task A_polymorphic_base_that_names_nothing_and_a_private_nested_one_are_mended() => FixTest.Fixes(
        new NameDerivedTypes(), "DUR5001",
        """
        using System.Text.Json.Serialization;
        using Durable;

        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        public class Shape { public int Sides { get; set; } }

        public sealed class Square : Shape;

        public partial class Drawing
        {
            [Step] private partial Task DrawAsync(Shape shape, IMark mark);
            private void DrawAsyncCore(Shape shape, IMark mark) { }

            private interface IMark { }
            private sealed record Dot(int X, IMark? Next) : IMark;
        }
        """,
        """
        using System.Text.Json.Serialization;
        using Durable;

        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [JsonDerivedType(typeof(Square), "Square")]
        public class Shape { public int Sides { get; set; } }

        public sealed class Square : Shape;

        public partial class Drawing
        {
            [Step] private partial Task DrawAsync(Shape shape, IMark mark);
            private void DrawAsyncCore(Shape shape, IMark mark) { }

            [JsonDerivedType(typeof(Dot), "Dot")]
            private interface IMark { }
            private sealed record Dot(int X, IMark? Next) : IMark;
        }
        """);

    [Fact]
    public Task The_using_that_the_attribute_takes_is_added() => FixTest.Fixes(
        new NameDerivedTypes(), "DUR5001",
        """
        using Durable;

        public interface IPet { }
        public sealed record Dog : IPet;
        public partial class Feeding { [Step] private partial Task FeedAsync(IPet pet); private void FeedAsyncCore(IPet pet) { } }
        """,
        """
        using System.Text.Json.Serialization;
        using Durable;

        [JsonDerivedType(typeof(Dog), "Dog")]
        public interface IPet { }
        public sealed record Dog : IPet;
        public partial class Feeding { [Step] private partial Task FeedAsync(IPet pet); private void FeedAsyncCore(IPet pet) { } }
        """);

    [Theory]
    [InlineData("IPet", "public interface IPet;")]
    [InlineData("IPet", "public interface IPet; public record Dog<T> : IPet; public record Cat : IPet;")]
    [InlineData("IPet<int>", "public interface IPet<T>; public record Dog : IPet<int>;")]
    [InlineData("IPet", "public interface IPet; public record Dog(System.IO.Stream Bark) : IPet;")]
    [InlineData("IPet", "public interface IPet; file record Dog : IPet;")]
    [InlineData("System.IO.Stream", "public sealed class Log : System.IO.MemoryStream;")]
    [InlineData("IDisposable", "public sealed record Log : IDisposable { void IDisposable.Dispose() { } }")]
    [InlineData("object", "public sealed record Log;")]
    public Task Where_it_would_not_help_nothing_is_offered(string type, string declarations) => FixTest.Offers_nothing(
        new NameDerivedTypes(), "DUR5001", $"using Durable; public partial class Feeding {{ [Step] private partial Task FeedAsync({type} pet); private void FeedAsyncCore({type} pet) {{ }} }} {declarations}");
}
