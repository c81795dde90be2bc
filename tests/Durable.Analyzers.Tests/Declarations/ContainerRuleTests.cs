using Durable.Analyzers.Declarations;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class ContainerRuleTests
{
    private const string Members = """
            [Step] public partial Task SendAsync(string email);
            [Step] public partial Task PrintAsync(string email);
            private void SendAsyncCore(string email) { }
            private void PrintAsyncCore(string email) { }
        """;

    [Fact]
    public Task A_type_that_is_not_partial_is_reported_once_for_all_its_steps()
        => Reports("DUR1001", $"using Durable; class [|Mailing|] {{ {Members} }}", "'Mailing'", "'partial'");

    [Fact]
    public Task A_type_around_it_that_is_not_partial_is_reported_once_for_all_types_in_it()
        => Reports("DUR1001", $"using Durable; class [|Outer|] {{ partial class One {{ {Members} }} partial class Two {{ {Members} }} }}", "'Outer'");

    [Fact]
    public Task Every_type_that_is_not_partial_is_reported()
        => Reports("DUR1001", $"using Durable; class [|Outer|] {{ record [|Inner|] {{ {Members} }} }}");

    [Theory]
    [InlineData("partial class Mailing")]
    [InlineData("static partial class Mailing")]
    [InlineData("sealed partial record Mailing")]
    [InlineData("abstract partial record class Mailing(string From)")]
    [InlineData("partial class Mailing<T>")]
    public Task Steps_may_stand_in_any_partial_class(string type)
        => RuleTest.Silent(new DeclarationAnalyzer(), $"using Durable; {type} {{ {(type.StartsWith("static", StringComparison.Ordinal) ? Members.Replace("partial", "static partial").Replace("private", "private static") : Members)} }}");

    [Fact]
    public Task Nested_partial_types_are_silent() => RuleTest.Silent(new DeclarationAnalyzer(), $"using Durable; static partial class Outer {{ public partial class Inner {{ {Members} }} }}");

    [Fact]
    public Task A_type_without_workflows_and_steps_need_not_be_partial() => RuleTest.Silent(new DeclarationAnalyzer(), "using Durable; class Plain { class Inner { void Do() { } } }");

    [Theory]
    [InlineData("partial struct [|Mailing|]", "a struct")]
    [InlineData("partial record struct [|Mailing|]", "a struct")]
    [InlineData("file partial class [|Mailing|]", "a file-local type")]
    public Task What_is_no_class_or_cannot_be_named_is_reported(string type, string what) => Reports("DUR1011", $"using Durable; {type} {{ {Members} }}", "'Mailing'", what);

    [Fact]
    public Task A_step_of_an_interface_is_reported()
        => Reports("DUR1011", "using Durable; partial interface [|IMailing|] { [Step] private partial Task SendAsync(); private void SendAsyncCore() { } }", "an interface");

    [Fact]
    public Task A_workflow_of_a_generic_type_is_reported()
        => Reports("DUR1011", "using Durable; partial class [|Mailing|]<T> { [Workflow] public partial Task SendAsync(); private void SendAsyncCore() { } }", "generic");

    [Fact]
    public Task An_explicit_interface_implementation_is_reported() => Reports("DUR1011", """
        using Durable;
        interface ISender { Task SendAsync(); }
        partial class Mailing : ISender
        {
            [Step] Task ISender.[|SendAsync|]() => Task.CompletedTask;
        }
        """, "an explicit interface implementation");

    [Fact]
    public Task An_implicit_interface_implementation_is_silent() => RuleTest.Silent(new DeclarationAnalyzer(), """
        using Durable;
        interface ISender { Task SendAsync(string email); Task PrintAsync(string email); }
        partial class Mailing : ISender
        {
        """ + Members + "}");

    [Fact]
    public Task Without_a_reference_to_Durable_nothing_is_read()
        => RuleTest.Silent(new DeclarationAnalyzer(), "class StepAttribute : Attribute; class Mailing { [Step] void Send() { } }");

    private static Task Reports(string id, string source, params string[] messageParts) => RuleTest.Reports(new DeclarationAnalyzer(), id, source, messageParts);
}
