using Durable.Analyzers.Declarations;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class RetryEffectTests
{
    private const string Send = "private partial Task SendAsync(); void SendAsyncCore() { }";

    [Fact]
    public Task A_policy_on_a_method_that_is_no_step_is_reported()
        => Reports("[Step] " + Send + " [[|Retry|]] public void Other() { }", "'Other' is neither a [Step] nor a [Workflow]");

    [Fact]
    public Task A_policy_on_a_body_is_reported()
        => Reports("[Step] private partial Task SendAsync(); [[|Retry(MaxAttempts = 5)|]] void SendAsyncCore() { }", "put it on 'SendAsync'");

    [Fact]
    public Task A_policy_on_a_type_without_steps_is_reported()
        => RuleTest.Reports(new RetryEffectAnalyzer(), "DUR1018", "using Durable; [[|Retry|]] public class Mailing { public void Send() { } }", "this one declares none");

    [Fact]
    public Task A_policy_on_a_type_with_nothing_but_a_workflow_is_reported() => RuleTest.Reports(
        new RetryEffectAnalyzer(), "DUR1018", "using Durable; [[|Retry|]] public partial class Mailing { [Workflow] public partial Task RunAsync(); Task RunAsyncCore() => Task.CompletedTask; }", "put it on the workflow");

    [Fact]
    public Task A_policy_on_the_base_of_a_type_with_steps_is_reported()
        => RuleTest.Reports(new RetryEffectAnalyzer(), "DUR1018", $"using Durable; [[|Retry|]] public abstract class Sender; public partial class Mailing : Sender {{ [Step] {Send} }}", "this one declares none");

    [Fact]
    public Task A_policy_on_a_type_whose_steps_run_at_most_once_is_reported()
        => RuleTest.Reports(new RetryEffectAnalyzer(), "DUR1018", $"using Durable; [[|Retry|]] public partial class Mailing {{ [Step(Mode = StepMode.AtMostOnce)] {Send} }}", "StepMode.AtMostOncePerAttempt");

    [Theory]
    [InlineData("InitialDelay = \"5s\"")]
    [InlineData("BackoffRate = 3")]
    [InlineData("MaxDelay = \"5s\"")]
    [InlineData("Jitter = Jitter.None")]
    [InlineData("MaxElapsed = \"1h\"")]
    [InlineData("RetryOn = new[] { typeof(System.TimeoutException) }")]
    [InlineData("NeverRetryOn = new[] { typeof(System.FormatException) }")]
    [InlineData("RetryOnMessage = \"busy\"")]
    public Task What_concerns_further_attempts_is_reported_where_there_is_one(string value)
        => Reports($"[Step, Retry(MaxAttempts = 1, [|{value}|])] {Send}", "MaxAttempts counts the first execution too");

    [Fact]
    public Task Each_value_that_concerns_further_attempts_is_reported()
        => Reports($"[Step, Retry([|InitialDelay = \"5s\"|], MaxAttempts = 1, [|MaxDelay = \"9s\"|])] {Send}");

    [Fact]
    public Task Values_on_a_workflow_and_on_a_type_are_looked_at_too() => RuleTest.Reports(
        new RetryEffectAnalyzer(), "DUR1018",
        $"using Durable; [Retry(MaxAttempts = 1, [|InitialDelay = \"5s\"|])] public partial class Mailing {{ [Step] {Send} [Workflow, Retry(MaxAttempts = 1, [|BackoffRate = 2|])] public partial Task RunAsync(); Task RunAsyncCore() => SendAsync(); }}");

    [Theory]
    [InlineData("InitialDelay = \"0s\", [|BackoffRate = 2|]", "InitialDelay is zero")]
    [InlineData("InitialDelay = \"10m\", [|BackoffRate = 1.5|]", "unless MaxDelay says so")]
    [InlineData("InitialDelay = \"5m\", [|BackoffRate = 2|]", "unless MaxDelay says so")]
    [InlineData("[|BackoffRate = 2|], InitialDelay = \"30s\", MaxDelay = \"30s\"", "all delays are the same")]
    [InlineData("[|BackoffRate = 2|], InitialDelay = \"1m\", MaxDelay = \"60s\"", "all delays are the same")]
    public Task A_rate_that_makes_nothing_grow_is_reported(string values, string message)
        => Reports($"[Step, Retry({values})] {Send}", message);

    [Theory]
    [InlineData("")]
    [InlineData("(MaxAttempts = 1)")]
    [InlineData("(MaxAttempts = 1, AttemptTimeout = \"5s\")")]
    [InlineData("(MaxAttempts = 2, InitialDelay = \"5s\", BackoffRate = 2)")]
    [InlineData("(MaxAttempts = Once, InitialDelay = \"5s\")")]
    [InlineData("(MaxAttempts = 0, InitialDelay = \"5s\")")]
    [InlineData("(\"gateway\")")]
    [InlineData("(\"gateway\", MaxAttempts = 1, InitialDelay = \"5s\")")]
    [InlineData("(InitialDelay = \"0s\")")]
    [InlineData("(InitialDelay = \"0s\", BackoffRate = 1)")]
    [InlineData("(InitialDelay = \"1s\", MaxDelay = \"1s\")")]
    [InlineData("(InitialDelay = \"10m\", BackoffRate = 1)")]
    [InlineData("(InitialDelay = \"10m\", BackoffRate = 2, MaxDelay = \"1h\")")]
    [InlineData("(InitialDelay = \"4m\", BackoffRate = 2)")]
    [InlineData("(InitialDelay = \"5x\", BackoffRate = 2)")]
    [InlineData("(InitialDelay = \"10m\", BackoffRate = 2, MaxDelay = \"5x\")")]
    [InlineData("(BackoffRate = 2, MaxDelay = \"1s\")")]
    [InlineData("(InitialDelay = null!, BackoffRate = 2)")]
    public Task A_policy_on_a_step_is_silent(string values) => Silent($"private const int Once = 1; [Step, Retry{values}] {Send}");

    [Fact]
    public Task A_policy_on_a_workflow_is_silent() => Silent("[Workflow, Retry(MaxAttempts = 2)] public partial Task RunAsync(); Task RunAsyncCore() => Task.CompletedTask;");

    [Fact]
    public Task A_policy_on_a_type_that_reaches_a_step_is_silent()
        => RuleTest.Silent(new RetryEffectAnalyzer(), $"using Durable; [Retry] public static partial class Outer {{ public partial class Mailing {{ [Step] {Send} [Step(Mode = StepMode.AtMostOnce)] private partial Task TellAsync(); void TellAsyncCore() {{ }} }} }}");

    [Fact]
    public Task A_policy_on_a_part_of_a_type_without_steps_is_silent()
        => RuleTest.Silent(new RetryEffectAnalyzer(), $"using Durable; [Retry] public partial class Mailing {{ }} public partial class Mailing {{ [Step] {Send} }}");

    [Fact]
    public Task A_policy_on_a_type_whose_steps_have_their_own_is_silent()
        => RuleTest.Silent(new RetryEffectAnalyzer(), $"using Durable; [Retry] public partial class Mailing {{ [Step, Retry(MaxAttempts = 1)] {Send} }}");

    [Fact]
    public Task A_policy_on_an_assembly_without_steps_is_silent()
        => RuleTest.Silent(new RetryEffectAnalyzer(), "using Durable; [assembly: Retry(MaxAttempts = 5)] public class Mailing { }");

    [Fact]
    public Task An_attribute_of_that_name_that_is_not_ours_is_silent()
        => RuleTest.Silent(new RetryEffectAnalyzer(), "public class RetryAttribute : System.Attribute; [Retry] public class Mailing { [Retry] public void Send() { } }");

    private static Task Reports(string members, params string[] messageParts)
        => RuleTest.Reports(new RetryEffectAnalyzer(), "DUR1018", $"using Durable; public partial class Mailing {{ {members} }}", messageParts);

    private static Task Silent(string members) => RuleTest.Silent(new RetryEffectAnalyzer(), $"using Durable; public partial class Mailing {{ {members} }}");
}
