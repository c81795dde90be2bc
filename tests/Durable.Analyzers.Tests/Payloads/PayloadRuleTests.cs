using Durable.Analyzers.Payloads;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class PayloadRuleTests
{
    [Theory]
    [InlineData("Stream")]
    [InlineData("Action")]
    [InlineData("object")]
    [InlineData("dynamic")]
    [InlineData("Task<int>")]
    [InlineData("IDisposable")]
    [InlineData("int[,]")]
    [InlineData("CancellationToken?")]
    public Task A_result_that_has_no_stored_form_is_reported(string type)
        => Reports("DUR5001", $"[Step] public partial [|Task<{type}>|] ReadAsync(); {type} ReadAsyncCore() => throw new InvalidOperationException();", "Cannot store");

    [Fact]
    public Task An_argument_that_has_no_stored_form_is_reported()
        => Reports("DUR5001", "[Workflow] public partial Task RunAsync(int n, List<Stream> [|streams|]); void RunAsyncCore(int n, List<Stream> streams) { }", "Stream");

    [Theory]
    [InlineData("(int A, Action B)", "(int A, Action B).B")]
    [InlineData("(int, (string, object))?", "(int, (string, object))?.Item2.Item2")]
    public Task An_item_of_a_tuple_is_reported_with_its_path(string type, string path)
        => Reports("DUR5001", $"[Step] public partial [|Task<{type}>|] SendAsync({type} [|pair|]); {type} SendAsyncCore({type} pair) => pair;", $"'{path}'");

    [Theory]
    [InlineData("(int A, string B)")]
    [InlineData("(int, (string, int?))?")]
    [InlineData("ValueTuple<int, string>")]
    [InlineData("Dictionary<string, (int, int)[]>")]
    public Task A_tuple_is_silent_as_argument_and_as_result(string type)
        => Silent($"[Step] public partial Task<{type}> SendAsync({type} pair); {type} SendAsyncCore({type} pair) => pair;");

    [Theory]
    [InlineData("interface")]
    [InlineData("abstract class")]
    public Task A_type_without_instances_is_reported_with_the_attribute_that_would_do(string kind)
        => Reports("DUR5001", $"[Step] public partial [|Task<Pet>|] ReadAsync(); Pet ReadAsyncCore() => throw new InvalidOperationException(); public {kind} Pet;", "[JsonDerivedType(typeof(...), \"name\")]");

    [Theory]
    [InlineData("interface")]
    [InlineData("abstract class")]
    [InlineData("class")]
    public Task A_type_that_names_its_derived_types_is_silent(string kind)
        => Silent($"[Step] public partial Task<Pet?> ReadAsync(); Pet? ReadAsyncCore() => null; [System.Text.Json.Serialization.JsonDerivedType(typeof(Dog), \"dog\")] public {kind} Pet; public class Dog : Pet;");

    [Theory]
    [InlineData("Stack<int>")]
    [InlineData("System.Collections.Immutable.ImmutableStack<int>")]
    public Task A_stack_is_reported_as_what_comes_back_in_reverse(string type)
        => Reports("DUR5001", $"[Step] public partial [|Task<{type}>|] ReadAsync(); {type} ReadAsyncCore() => throw new InvalidOperationException();", "reverse", "list");

    [Fact]
    public Task The_message_has_the_path_to_the_member_at_fault()
        => Reports("DUR5001", "[Step] public partial Task SendAsync(Order [|order|]); void SendAsyncCore(Order order) { } public record Order(List<Line> Lines); public record Line(Stream Tag);", "'Order.Lines[].Tag'", "Stream");

    [Fact]
    public Task A_private_member_type_is_reported()
        => Reports("DUR5001", "[Step] public partial Task SendAsync(Order [|order|]); void SendAsyncCore(Order order) { } internal class Order { [System.Text.Json.Serialization.JsonInclude] private Line? Line { get; set; } } private class Line;", "Order.Line");

    [Theory]
    [InlineData("public string Note = \"\";", "field")]
    [InlineData("public string Note { get; private set; } = \"\";", "setter")]
    public Task A_member_that_is_lost_is_a_warning(string member, string reason)
        => Reports("DUR5002", $"[Step] public partial [|Task<Order>|] ReadAsync(); Order ReadAsyncCore() => new(); public class Order {{ {member} }}", "Order.Note", reason);

    [Theory]
    [InlineData("await workflow.[|StepAsync|](\"open\", _ => Task.FromResult(Stream.Null));")]
    [InlineData("await workflow.[|StepAsync<List<Stream>>|](\"open\", \"key\", _ => throw new InvalidOperationException());")]
    [InlineData("await (await workflow.[|AcquireStepAsync<Stream>|](\"open\")).CompleteAsync(Stream.Null);")]
    [InlineData("await workflow?.[|StepAsync|](\"open\", _ => Task.FromResult<object>(1))!;")]
    public Task A_result_of_an_inline_step_that_has_no_stored_form_is_reported(string call)
        => Reports("DUR5001", $"[Workflow] public partial Task RunAsync(); async Task RunAsyncCore(WorkflowContext workflow) {{ {call} }}", "Cannot store");

    [Fact]
    public Task Inline_steps_with_results_that_can_be_stored_and_scopes_are_silent() => Silent("""
        [Workflow] public partial Task RunAsync();
        async Task RunAsyncCore(WorkflowContext workflow)
        {
            await workflow.StepAsync("a", _ => Task.FromResult(1));
            await workflow.StepAsync("b", "key", _ => Task.CompletedTask);
            await workflow.ScopeAsync("c", async scope => await Named(scope, new List<int>()));
            await workflow.ScopeAsync<Action?>("d", _ => Task.FromResult<Action?>(null));
        }

        Task<List<T>> Named<T>(WorkflowContext workflow, List<T> items) => workflow.StepAsync("e", _ => Task.FromResult(items));
        """);

    [Fact]
    public Task Records_collections_and_values_are_silent() => Silent("""
        [Step] public partial Task<Order?> ReadAsync(string id, decimal? amount, DateTimeOffset at, Dictionary<string, Line[]> lines, HashSet<Guid> ids, DayOfWeek day, byte[] bytes, TimeSpan time, CancellationToken stop);
        Order? ReadAsyncCore(string id, decimal? amount, DateTimeOffset at, Dictionary<string, Line[]> lines, HashSet<Guid> ids, DayOfWeek day, byte[] bytes, TimeSpan time, CancellationToken stop) => null;
        public sealed record Order(string Id, decimal Amount, IReadOnlyList<Line> Lines) { public Order? Parent { get; init; } public int Count => Lines.Count; }
        public record struct Line(string Sku, int? Count = 1);
        """);

    [Fact]
    public Task What_the_rules_about_declarations_report_is_not_reported_again() => Silent("""
        public partial class Inner<T>
        {
            private record Letter(int N);
            [Step] public partial Task OneAsync(List<T> items);
            [Step] private partial Task<Letter> TwoAsync();
            [Step] private partial Task ThreeAsync(WorkflowContext workflow, CancellationToken stop, int n);
            private void OneAsyncCore(List<T> items) { }
            private Letter TwoAsyncCore() => new(1);
            private void ThreeAsyncCore(WorkflowContext workflow, CancellationToken stop, int n) { }
        }
        """);

    [Fact]
    public Task Methods_that_are_no_steps_are_silent() => Silent("public Task<Stream> OpenAsync(Action done, object any) => throw new InvalidOperationException();");

    private static Task Reports(string id, string members, params string[] messageParts)
        => RuleTest.Reports(new PayloadAnalyzer(), id, $"using Durable; public partial class Mailing {{ {members} }}", messageParts);

    private static Task Silent(string members) => RuleTest.Silent(new PayloadAnalyzer(), $"using Durable; public partial class Mailing {{ {members} }}");
}
