using Durable.Analyzers.Declarations;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class NameRuleTests
{
    private static readonly string s_tooLong = new('x', 201);

    [Fact]
    public Task An_empty_name_is_reported() => Reports("DUR1009", "[[|Step(\"\")|]] private partial Task SendAsync(); void SendAsyncCore() { }", "empty");

    [Fact]
    public Task A_name_over_200_characters_is_reported()
        => Reports("DUR1009", $"[[|Workflow(\"{s_tooLong}\")|]] public partial Task SendAsync(); void SendAsyncCore() {{ }}", "200");

    [Fact]
    public Task A_blank_alias_is_reported() => Reports("DUR1009", "[Step, [|StepAlias(\" \")|]] private partial Task SendAsync(); void SendAsyncCore() { }", "empty");

    [Fact]
    public Task A_name_of_200_characters_is_silent() => Silent($"[Step(\"{s_tooLong[..200]}\")] private partial Task SendAsync(); void SendAsyncCore() {{ }}");

    [Fact]
    public Task A_version_below_1_is_reported() => Reports("DUR1014", "[[|Workflow(Version = -1)|]] public partial Task SendAsync(); void SendAsyncCore() { }", "-1");

    [Theory]
    [InlineData("private static string [|SendCall|]() => \"\";")]
    [InlineData("private string? [|SendCall|] { get; }")]
    [InlineData("private class [|__Durable|];")]
    [InlineData("private class [|__DurablePayloads|];")]
    [InlineData("private int [|__RegisterDurable|];")]
    public Task A_member_with_the_name_of_a_generated_one_is_reported(string member)
        => Reports("DUR1010", $"[Workflow] public partial Task SendAsync(); void SendAsyncCore() {{ }} {member}", "'SendAsync'");

    [Fact]
    public Task A_step_with_the_name_of_a_generated_member_is_reported_though_it_has_a_generated_half()
        => Reports("DUR1010", "[Workflow] public partial Task SendAsync(); [Step] public partial Task [|SendCall|](); void SendAsyncCore() { } void SendCallCore() { }", "'SendAsync'");

    [Fact]
    public Task A_parameter_that_hides_a_generated_member_is_reported()
        => Reports("DUR1010", "[Step] public partial Task SendAsync(int [|__Durable|]); void SendAsyncCore(int n) { }", "'SendAsync'");

    [Theory]
    [InlineData("[|SendCall|]")]
    [InlineData("[|__Durable|]")]
    [InlineData("[|__DurablePayloads|]")]
    [InlineData("[|__RegisterDurable|]")]
    [InlineData("[|__RegisterDurable|] { public partial class Inner", "}")]
    public Task A_type_with_the_name_of_a_generated_member_is_reported(string type, string end = "") => RuleTest.Reports(
        new DeclarationAnalyzer(), "DUR1010", $"using Durable; public partial class {type} {{ [Workflow] public partial Task SendAsync(); private void SendAsyncCore() {{ }} }} {end}", "'SendAsync'");

    [Fact]
    public Task A_type_parameter_with_the_name_of_a_generated_member_is_reported() => RuleTest.Reports(
        new DeclarationAnalyzer(), "DUR1010", "using Durable; public partial class Mailing<[|__Durable|]> { [Step] public partial Task SendAsync(); private void SendAsyncCore() { } }", "'SendAsync'");

    [Fact]
    public Task Workflows_that_would_share_their_factory_of_calls_are_reported() => Reports(
        "DUR1010",
        "[Workflow(\"run\")] public partial Task [|Run|](int n); [Workflow(\"run\", Version = 2)] public partial Task [|RunAsync|](int n, CancellationToken token); void RunCore(int n) { } void RunAsyncCore(int n, CancellationToken token) { }",
        "'RunCall' for it and for 'Run");

    [Fact]
    public Task An_overload_of_a_generated_member_is_silent()
        => Silent("[Workflow] public partial Task SendAsync(int n); void SendAsyncCore(int n) { } private static WorkflowCall SendCall() => throw new InvalidOperationException(); private static void SendCall<T>(int n) { } private static void SendCall(ref int n) { }");

    [Fact]
    public Task Workflows_whose_factories_of_calls_are_overloads_are_silent()
        => Silent("[Workflow(\"a\")] public partial Task Run(int n); [Workflow(\"b\")] public partial Task RunAsync(string n); void RunCore(int n) { } void RunAsyncCore(string n) { }");

    [Fact]
    public Task Overloads_share_the_default_name() => Reports(
        "DUR2001", "[Step] private partial Task [|SendAsync|](int n); [Step] private partial Task [|SendAsync|](string n); void SendAsyncCore(int n) { } void SendAsyncCore(string n) { }", "'Mailing.Send'");

    [Fact]
    public Task The_suffix_Async_does_not_tell_steps_apart()
        => Reports("DUR2001", "[Step] private partial Task [|SendAsync|](); [Step] private partial Task [|Send|](); void SendAsyncCore() { } void SendCore() { }", "Send");

    [Fact]
    public Task An_alias_that_is_the_name_of_another_step_is_reported() => Reports(
        "DUR2001", "[Step(\"a\")] private partial Task OneAsync(); [Step(\"b\"), [|StepAlias(\"a\")|]] private partial Task TwoAsync(); void OneAsyncCore() { } void TwoAsyncCore() { }", "'a'", "OneAsync");

    [Fact]
    public Task An_alias_of_two_steps_is_reported() => Reports(
        "DUR2001",
        "[Step(\"a\"), [|StepAlias(\"old\")|]] private partial Task OneAsync(); [Step(\"b\"), [|StepAlias(\"old\")|]] private partial Task TwoAsync(); void OneAsyncCore() { } void TwoAsyncCore() { }",
        "'old'");

    [Fact]
    public Task A_step_of_a_base_class_with_the_same_name_is_reported() => RuleTest.Reports(new DeclarationAnalyzer(), "DUR2001", """
        using Durable;

        public abstract partial class Base
        {
            [Workflow] public partial Task RunAsync();
            [Step] protected partial Task SendAsync();
            private void RunAsyncCore() { }
            private void SendAsyncCore() { }
        }

        public partial class Derived : Base
        {
            [Step("Send")] private partial Task [|SendMoreAsync|]();
            private void SendMoreAsyncCore() { }
        }
        """, "'Send'", "Base.SendAsync()");

    [Fact]
    public Task An_override_is_the_same_step() => RuleTest.Silent(new DeclarationAnalyzer(), """
        using Durable;

        public abstract partial class Base
        {
            [Step("send")] public virtual partial Task SendAsync();
            private void SendAsyncCore() { }
        }

        public partial class Derived : Base
        {
            [Step("send")] public override partial Task SendAsync();
            private void SendAsyncCore() { }
        }
        """);

    [Fact]
    public Task Names_of_their_own_and_aliases_of_the_past_are_silent() => Silent(
        "[Step] private partial Task SendAsync(int n); [Step(\"send-text\"), StepAlias(\"send-words\"), StepAlias(\"x\")] private partial Task SendAsync(string n); void SendAsyncCore(int n) { } void SendAsyncCore(string n) { }");

    [Fact]
    public Task Steps_of_two_types_may_share_a_name() => RuleTest.Silent(new DeclarationAnalyzer(), """
        using Durable;
        public partial class One { [Step("send")] public partial Task SendAsync(); private void SendAsyncCore() { } }
        public partial class Two { [Step("send")] public partial Task SendAsync(); private void SendAsyncCore() { } }
        """);

    [Fact]
    public Task Workflows_of_two_namespaces_share_the_default_name() => RuleTest.Reports(new DeclarationAnalyzer(), "DUR2002", """
        using Durable;
        namespace A { public partial class Orders { [Workflow] public partial Task [|RunAsync|](); private void RunAsyncCore() { } } }
        namespace B { public partial class Orders { [Workflow] public partial Task [|RunAsync|](); private void RunAsyncCore() { } } }
        """, "Orders.Run version 1");

    [Fact]
    public Task Two_versions_of_one_workflow_are_silent() => Silent(
        "[Workflow(\"run\")] public partial Task RunAsync(); [Workflow(\"run\", Version = 2)] public partial Task Run2Async(); void RunAsyncCore() { } void Run2AsyncCore() { }");

    private static Task Reports(string id, string members, params string[] messageParts)
        => RuleTest.Reports(new DeclarationAnalyzer(), id, $"using Durable; public partial class Mailing {{ {members} }}", messageParts);

    private static Task Silent(string members) => RuleTest.Silent(new DeclarationAnalyzer(), $"using Durable; public partial class Mailing {{ {members} }}");
}
