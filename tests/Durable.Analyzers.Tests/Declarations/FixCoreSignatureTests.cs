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

    private static Task Fixes(string before, string after) => FixTest.Fixes(new FixCoreSignature(), "DUR1007", before, after);
}
