using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class FixCoreSignatureTests
{
    [Fact]
    public Task Parameters_follow_the_declaration_and_keep_the_names_of_the_body() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<decimal> PriceAsync(string item, int amount);
            [Step] private partial Task LogAsync([StepKey] string? item, DateOnly day, CancellationToken stop);

            // Prices.
            private decimal PriceAsyncCore(int amount, string it, StepContext step) => amount + it.Length + step.Attempt;

            private async Task LogAsyncCore(string? item)
            {
                await Task.Yield();
            }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<decimal> PriceAsync(string item, int amount);
            [Step] private partial Task LogAsync([StepKey] string? item, DateOnly day, CancellationToken stop);

            // Prices.
            private decimal PriceAsyncCore(string it, int amount, StepContext step) => amount + it.Length + step.Attempt;

            private async Task LogAsyncCore(string? item, DateOnly day, CancellationToken stop)
            {
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Lines_and_comments_of_parameters_that_stay_are_kept() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task PriceAsync(string item, int amount, DateOnly day);
            [Step] private partial Task LogAsync(string item);

            private void PriceAsyncCore(
                int amount, // how many
                string item /* what */,
                StepContext step) // who
            {
            }

            private void LogAsyncCore(
                string item, // what
                int gone)
            {
            }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task PriceAsync(string item, int amount, DateOnly day);
            [Step] private partial Task LogAsync(string item);

            private void PriceAsyncCore(
                string item /* what */,
                int amount, // how many
                DateOnly day,
                StepContext step) // who
            {
            }

            private void LogAsyncCore(
                string item // what
                )
            {
            }
        }
        """);

    [Fact]
    public Task The_result_becomes_the_declared_one() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<decimal> PriceAsync(string item);
            [Step] private partial Task<decimal> CostAsync(string item);
            [Step] private partial Task LogAsync(string item);

            private int PriceAsyncCore(string item) => 1;
            private async ValueTask<int> CostAsyncCore(string item)
            {
                await Task.Yield();
                return 1;
            }

            private int LogAsyncCore(string item) => throw new InvalidOperationException();
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<decimal> PriceAsync(string item);
            [Step] private partial Task<decimal> CostAsync(string item);
            [Step] private partial Task LogAsync(string item);

            private decimal PriceAsyncCore(string item) => 1;
            private async Task<decimal> CostAsyncCore(string item)
            {
                await Task.Yield();
                return 1;
            }

            private void LogAsyncCore(string item) => throw new InvalidOperationException();
        }
        """);

    [Fact]
    public Task The_Core_of_a_static_step_becomes_static() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private static partial Task LogAsync(string item);
            [Step] private static partial Task SendAsync(string item);

            private async Task LogAsyncCore(string item) => await Task.Yield();

            // Sends.
            void SendAsyncCore<T>(ref string item) where T : class { }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private static partial Task LogAsync(string item);
            [Step] private static partial Task SendAsync(string item);

            private static async Task LogAsyncCore(string item) => await Task.Yield();

            // Sends.
            static void SendAsyncCore(string item) { }
        }
        """);

    [Fact]
    public Task A_call_of_the_body_itself_follows_it() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<int> PriceAsync(string item, int amount, DateOnly day);

            private int PriceAsyncCore(int amount, bool quick, DateOnly day, string item)
                => amount > 1 ? PriceAsyncCore(amount - 1, true, day, item) + PriceAsyncCore(PriceAsyncCore(1, true, day, item), quick: false, item: item, day: day) : day.Year;
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<int> PriceAsync(string item, int amount, DateOnly day);

            private int PriceAsyncCore(string item, int amount, DateOnly day)
                => amount > 1 ? PriceAsyncCore(item, amount - 1, day) + PriceAsyncCore(amount: PriceAsyncCore(item, 1, day), item: item, day: day) : day.Year;
        }
        """);

    [Fact]
    public Task A_parameter_that_the_body_already_uses_is_added() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<int> PriceAsync(string item, int amount);

            private int PriceAsyncCore(string item) => item.Length * amount;
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<int> PriceAsync(string item, int amount);

            private int PriceAsyncCore(string item, int amount) => item.Length * amount;
        }
        """);

    [Theory]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "int PriceAsyncCore(string item, int amount) => amount;")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "int PriceAsyncCore(string item, int rate) => rate;")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item, int rate);", "int PriceAsyncCore(string item) => rate;")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "int PriceAsyncCore(long item) => (int)item;")]
    [InlineData("[Step] private partial Task PriceAsync(string item);", "int PriceAsyncCore(string item) => 1;")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "string PriceAsyncCore(string item) => item;")]
    [InlineData("[Step] private static partial Task<int> PriceAsync(string item);", "int PriceAsyncCore(string item) => rate;")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "T PriceAsyncCore<T>(string item) => Activator.CreateInstance<T>();")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "int PriceAsyncCore(string item, int n) => 1; Func<string, int, int> Again() => PriceAsyncCore;")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item, int n);", "int PriceAsyncCore(string item) => 1; int Again() => PriceAsyncCore(\"a\");")]
    [InlineData("[Step] private partial Task<int> PriceAsync(string item);", "int PriceAsyncCore(string item, int n) => 1; int Next() => 1; int Again() => PriceAsyncCore(\"a\", Next());")]
    public Task Where_the_body_or_a_call_of_it_would_not_compile_or_would_mean_something_else_nothing_is_offered(string declaration, string core)
        => FixTest.Offers_nothing(new FixCoreSignature(), "DUR1007", $"using Durable; public partial class Pricing(int rate) {{ {declaration} {core} }}");

    [Fact]
    public Task A_call_of_the_body_in_another_project_is_not_broken() => FixTest.Offers_nothing_beside(
        new FixCoreSignature(), "DUR1007", "using Durable; public partial class Mailing { [Step] public partial Task SendAsync(); public void SendAsyncCore(string email) { } }", "class User { void Run(Mailing mailing) => mailing.SendAsyncCore(\"a\"); }");

    [Fact]
    public Task Context_and_token_of_the_body_give_way_to_an_argument_of_their_name() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task LogAsync(string item, TimeSpan span);
            private void LogAsyncCore(string item, StepContext span) { }

            [Step] private partial Task SendAsync(string item, TimeSpan span);
            private void SendAsyncCore(string item, CancellationToken span) { }

            [Step] private partial Task StopAsync(string item, CancellationToken stop);
            private void StopAsyncCore(StepContext stop) { }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task LogAsync(string item, TimeSpan span);
            private void LogAsyncCore(string item, TimeSpan span, StepContext spanContext) { }

            [Step] private partial Task SendAsync(string item, TimeSpan span);
            private void SendAsyncCore(string item, TimeSpan span, CancellationToken spanToken) { }

            [Step] private partial Task StopAsync(string item, CancellationToken stop);
            private void StopAsyncCore(string item, StepContext stopContext, CancellationToken stop) { }
        }
        """);

    [Fact]
    public async Task The_result_stays_where_the_declared_task_does_not_name_it_yet()
    {
        const string text = "using Durable; partial class Pricing { [Step] private partial Tusk<> PriceAsync(string item); private int PriceAsyncCore(int item) => 1; }";
        Assert.Contains("private int PriceAsyncCore(string item)", await new FixRun(new FixCoreSignature(), "DUR1007").LastAlone(text));
    }

    private static Task Fixes(string before, string after) => FixTest.Fixes(new FixCoreSignature(), "DUR1007", before, after);
}
