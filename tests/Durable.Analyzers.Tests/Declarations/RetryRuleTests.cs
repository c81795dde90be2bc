using Durable.Analyzers.Declarations;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class RetryRuleTests
{
    [Theory]
    [InlineData("MaxAttempts = 0", "0 is outside 1 to 10,000")]
    [InlineData("MaxAttempts = -1", "-1 is outside")]
    [InlineData("MaxAttempts = 10001", "outside 1 to 10,000")]
    [InlineData("InitialDelay = \"5x\"", "'5x' is no duration")]
    [InlineData("InitialDelay = \"5\"", "'5' is no duration")]
    [InlineData("InitialDelay = \"s\"", "'s' is no duration")]
    [InlineData("InitialDelay = \"\"", "'' is no duration")]
    [InlineData("InitialDelay = \"-1s\"", "'-1s' is no duration")]
    [InlineData("InitialDelay = \"1 s\"", "'1 s' is no duration")]
    [InlineData("InitialDelay = \"1S\"", "'1S' is no duration")]
    [InlineData("InitialDelay = \"1,5s\"", "'1,5s' is no duration")]
    [InlineData("InitialDelay = \"99999999999999999999999d\"", "is no duration")]
    [InlineData("InitialDelay = \"9999999999d\"", "is no duration")]
    [InlineData("InitialDelay = \"3651d\"", "at most \"3650d\"")]
    [InlineData("BackoffRate = 0.5", "0.5 is outside 1 to 100")]
    [InlineData("BackoffRate = -2", "outside 1 to 100")]
    [InlineData("BackoffRate = double.NaN", "NaN is outside")]
    [InlineData("BackoffRate = 101", "outside 1 to 100")]
    [InlineData("MaxDelay = \"five minutes\"", "is no duration")]
    [InlineData("MaxElapsed = \"0s\"", "'0s' is not long enough")]
    [InlineData("AttemptTimeout = \"0ms\"", "'0ms' is not long enough")]
    [InlineData("AttemptTimeout = \"31d\"", "at most \"30d\"")]
    [InlineData("Jitter = (Jitter)3", "no member of Jitter")]
    [InlineData("RetryOn = new[] { typeof(string) }", "'string' is no type of exceptions")]
    [InlineData("NeverRetryOn = new System.Type[] { null! }", "null is no type of exceptions")]
    [InlineData("RetryOn = new[] { typeof(System.Collections.Generic.List<>) }", "is no type of exceptions")]
    [InlineData("RetryOn = new[] { typeof(Hidden) }", "cannot be named by generated code within 'Mailing'")]
    [InlineData("RetryOnMessage = \"(\"", "no regular expression")]
    public Task A_value_that_makes_no_sense_is_reported_at_its_place(string value, string message)
        => Reports($"[Step, Retry([|{value}|])] private partial Task SendAsync(); void SendAsyncCore() {{ }}", message);

    [Fact]
    public Task A_cap_below_the_first_delay_is_reported()
        => Reports("[Step, Retry(InitialDelay = \"1m\", [|MaxDelay = \"1s\"|])] private partial Task SendAsync(); void SendAsyncCore() { }", "below InitialDelay");

    [Fact]
    public Task A_policy_on_a_step_that_runs_at_most_once_is_reported()
        => Reports("[Step(Mode = StepMode.AtMostOnce), [|Retry|]] private partial Task SendAsync(); void SendAsyncCore() { }", "use StepMode.AtMostOncePerAttempt");

    [Fact]
    public Task A_mode_that_there_is_not_is_reported()
        => Reports("[[|Step(Mode = (StepMode)7)|]] private partial Task SendAsync(); void SendAsyncCore() { }", "no member of StepMode");

    [Fact]
    public Task A_timeout_of_a_workflows_attempts_is_reported()
        => Reports("[Workflow, Retry([|AttemptTimeout = \"1s\"|])] public partial Task SendAsync(); void SendAsyncCore() { }", "its steps have");

    [Fact]
    public Task A_limit_of_time_for_a_workflows_attempts_is_reported()
        => Reports("[Workflow, Retry([|MaxElapsed = \"1h\"|])] public partial Task SendAsync(); void SendAsyncCore() { }", "counted, not timed");

    [Theory]
    [InlineData("\"\"", "empty")]
    [InlineData("\" \"", "empty")]
    public Task A_policy_without_a_name_is_reported(string name, string message)
        => Reports($"[Step, [|Retry({name})|]] private partial Task SendAsync(); void SendAsyncCore() {{ }}", message);

    [Fact]
    public Task What_stands_beside_the_name_of_a_policy_is_reported()
        => Reports("[Step, Retry(\"gateway\", [|MaxAttempts = 5|])] private partial Task SendAsync(); void SendAsyncCore() { }", "set it there");

    [Fact]
    public Task A_policy_of_a_type_is_reported_once_for_all_its_steps() => RuleTest.Reports(
        new DeclarationAnalyzer(),
        "DUR1017",
        "using Durable; [Retry([|MaxAttempts = 0|])] public partial class Mailing { [Step] private partial Task AAsync(); void AAsyncCore() { } [Step] private partial Task BAsync(); void BAsyncCore() { } }");

    [Theory]
    [InlineData("500ms")]
    [InlineData("1s")]
    [InlineData("1.5s")]
    [InlineData("2m")]
    [InlineData("1h")]
    [InlineData("7d")]
    [InlineData("0s")]
    public Task Durations_are_silent(string duration)
        => Silent($"[Step, Retry(InitialDelay = \"{duration}\")] private partial Task SendAsync(); void SendAsyncCore() {{ }}");

    [Fact]
    public Task Policies_that_make_sense_are_silent() => Silent("""
        [Step, Retry] private partial Task AAsync(); void AAsyncCore() { }
        [Step, Retry("gateway")] private partial Task BAsync(); void BAsyncCore() { }
        [Step(Mode = StepMode.AtMostOncePerAttempt), Retry(MaxAttempts = 5, InitialDelay = "1s", BackoffRate = 1.5, MaxDelay = "10s", Jitter = Jitter.Equal, MaxElapsed = "1h", AttemptTimeout = "30s")]
        private partial Task CAsync(); void CAsyncCore() { }
        [Step, Retry(RetryOn = new[] { typeof(System.TimeoutException), typeof(Own) }, NeverRetryOn = new[] { typeof(System.FormatException) }, RetryOnMessage = "busy|later")]
        private partial Task DAsync(); void DAsyncCore() { }
        [Workflow, Retry(MaxAttempts = 2)] public partial Task EAsync(); void EAsyncCore() { }
        private sealed class Own : System.Exception;
        """);

    [Fact]
    public Task A_policy_around_a_step_that_runs_at_most_once_is_silent()
        => RuleTest.Silent(new DeclarationAnalyzer(), "using Durable; [Retry] public partial class Mailing { [Step(Mode = StepMode.AtMostOnce)] private partial Task AAsync(); void AAsyncCore() { } }");

    private static Task Reports(string members, params string[] messageParts)
        => RuleTest.Reports(new DeclarationAnalyzer(), "DUR1017", $"using Durable; public partial class Mailing {{ {members} }} file sealed class Hidden : System.Exception;", messageParts);

    private static Task Silent(string members) => RuleTest.Silent(new DeclarationAnalyzer(), $"using Durable; public partial class Mailing {{ {members} }}");
}
