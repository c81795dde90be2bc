using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class FixRetryTests
{
    [Theory]
    [InlineData("5", "5s")]
    [InlineData("0.5", "0.5s")]
    [InlineData("1 s", "1s")]
    [InlineData(" 1s ", "1s")]
    [InlineData("1S", "1s")]
    [InlineData("1,5s", "1.5s")]
    [InlineData("100 Millis", "100ms")]
    [InlineData("30 sec", "30s")]
    [InlineData("2 minutes", "2m")]
    [InlineData("2min", "2m")]
    [InlineData("1hr", "1h")]
    [InlineData("7 days", "7d")]
    [InlineData("00:00:05", "5s")]
    [InlineData("00:01:30", "90s")]
    [InlineData("1.00:00:00", "1d")]
    [InlineData("00:00:00.250", "250ms")]
    public Task A_duration_that_is_spelled_otherwise_gets_its_unit(string wrong, string right) => FixTest.Fixes(new FixRetry(), "DUR1017",
        Mailing($"[Step, Retry(MaxAttempts = 5, InitialDelay = \"{wrong}\", MaxDelay = \"9d\")]"), Mailing($"[Step, Retry(MaxAttempts = 5, InitialDelay = \"{right}\", MaxDelay = \"9d\")]"));

    [Theory]
    [InlineData("(BackoffRate = 0.5)", "")]
    [InlineData("(BackoffRate = -2, MaxAttempts = 5)", "(MaxAttempts = 5)")]
    [InlineData("(MaxAttempts = 5, BackoffRate = 0)", "(MaxAttempts = 5)")]
    [InlineData("(MaxAttempts = 5, BackoffRate = double.NaN, MaxDelay = \"1h\")", "(MaxAttempts = 5, MaxDelay = \"1h\")")]
    [InlineData("(InitialDelay = \"-1s\")", "")]
    [InlineData("(MaxDelay = \"-5\", MaxAttempts = 2)", "(MaxAttempts = 2)")]
    [InlineData("(AttemptTimeout = \"0s\", MaxElapsed = \"-1h\")", "")]
    [InlineData("(Jitter = (Jitter)7)", "")]
    [InlineData("(\"gateway\", MaxAttempts = 5)", "(\"gateway\")")]
    [InlineData("(\"gateway\", InitialDelay = \"5\", BackoffRate = 3)", "(\"gateway\")")]
    public Task A_value_that_cannot_be_used_goes(string wrong, string right)
        => FixTest.Fixes(new FixRetry(), "DUR1017", Mailing($"[Step, Retry{wrong}]"), Mailing($"[Step, Retry{right}]"));

    [Fact]
    public Task Several_values_of_one_policy_are_mended_together() => FixTest.Fixes(new FixRetry(), "DUR1017",
        Mailing("""
            [Step]
                [Retry(
                    MaxAttempts = 5,
                    InitialDelay = "5", // seconds
                    MaxDelay = "1 minute")]
                [StepAlias("Mail")]
            """),
        Mailing("""
            [Step]
                [Retry(
                    MaxAttempts = 5,
                    InitialDelay = "5s", // seconds
                    MaxDelay = "1m")]
                [StepAlias("Mail")]
            """));

    [Fact]
    public Task A_value_goes_with_its_line_and_another_gets_its_unit() => FixTest.Fixes(new FixRetry(), "DUR1017",
        Mailing("""
            [Step, Retry(
                    MaxAttempts = 5,
                    BackoffRate = 0.1,
                    InitialDelay = "5",
                    AttemptTimeout = "0s")]
            """),
        Mailing("""
            [Step, Retry(
                    MaxAttempts = 5,
                    InitialDelay = "5s")]
            """));

    [Fact]
    public Task Limits_of_time_go_from_a_workflow() => FixTest.Fixes(new FixRetry(), "DUR1017",
        """
        using Durable;

        public partial class Mailing
        {
            [Workflow, Retry(MaxAttempts = 2, AttemptTimeout = "1m", MaxElapsed = "1h")]
            public partial Task RunAsync();

            private Task RunAsyncCore() => Task.CompletedTask;
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Workflow, Retry(MaxAttempts = 2)]
            public partial Task RunAsync();

            private Task RunAsyncCore() => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("[Step(Mode = StepMode.AtMostOnce), Retry]")]
    [InlineData("[Step(\"mail\", Mode = /* once */ Durable.StepMode.AtMostOnce /* ! */), Retry(MaxAttempts = 2)]")]
    [InlineData("[Retry] [Step(OnFailure = StepFailure.Terminal, Mode = StepMode.AtMostOnce)]")]
    public Task A_step_with_a_policy_runs_at_most_once_an_attempt(string attributes)
        => FixTest.Fixes(new FixRetry(), "DUR1017", Mailing(attributes), Mailing(attributes.Replace("AtMostOnce", "AtMostOncePerAttempt")));

    [Fact]
    public Task A_policy_of_a_type_and_that_of_an_assembly_are_mended_too() => FixTest.Fixes(new FixRetry(), "DUR1017",
        [
            """
            using Durable;

            [Retry(InitialDelay = "5")]
            public partial class Mailing
            {
                [Step] private partial Task SendAsync();

                private void SendAsyncCore() { }

                [Step] private partial Task TellAsync();

                private void TellAsyncCore() { }
            }
            """,
        ],
        [
            """
            using Durable;

            [Retry(InitialDelay = "5s")]
            public partial class Mailing
            {
                [Step] private partial Task SendAsync();

                private void SendAsyncCore() { }

                [Step] private partial Task TellAsync();

                private void TellAsyncCore() { }
            }
            """,
        ]);

    [Theory]
    [InlineData("InitialDelay = \"5x\"")]
    [InlineData("InitialDelay = \"\"")]
    [InlineData("InitialDelay = \"soon\"")]
    [InlineData("InitialDelay = \"1,500\"")]
    [InlineData("InitialDelay = \"00:05\"")]
    [InlineData("InitialDelay = \"00:00:00.0000001\"")]
    [InlineData("InitialDelay = \"4000d\"")]
    [InlineData("InitialDelay = Five")]
    [InlineData("MaxAttempts = 0")]
    [InlineData("MaxAttempts = -1")]
    [InlineData("BackoffRate = 101")]
    [InlineData("BackoffRate = /* why? */ 0")]
    [InlineData("InitialDelay = \"1m\", MaxDelay = \"1s\"")]
    [InlineData("AttemptTimeout = \"31d\"")]
    [InlineData("RetryOn = new[] { typeof(string) }")]
    [InlineData("RetryOnMessage = \"(\"")]
    [InlineData("\"\"")]
    public Task What_may_mean_several_things_is_left_to_the_user(string value) => FixTest.Offers_nothing(new FixRetry(), "DUR1017", Mailing($"[Step, Retry({value})]", "const string Five = \"5\";"));

    private static string Mailing(string attributes, string member = "") => $$"""
        using Durable;

        public partial class Mailing
        {
            {{attributes}}
            private partial Task SendAsync();

            private void SendAsyncCore() { }
            {{member}}
        }
        """;
}
