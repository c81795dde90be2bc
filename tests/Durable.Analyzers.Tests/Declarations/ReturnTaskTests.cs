using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class ReturnTaskTests
{
    [Fact]
    public Task A_declaration_returns_a_task_of_what_it_returned_and_its_body_stays() => FixTest.Fixes(new ReturnTask(), "DUR1004",
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Dictionary<string, int?> PriceAll(string item);
            private Dictionary<string, int?> PriceAllCore(string item) => [];

            // Logs.
            [Step] public static partial void /* nothing */ Log(string item);
            private static void LogCore(string item) { }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial Task<Dictionary<string, int?>> PriceAll(string item);
            private Dictionary<string, int?> PriceAllCore(string item) => [];

            // Logs.
            [Step] public static partial Task /* nothing */ Log(string item);
            private static void LogCore(string item) { }
        }
        """);

    [Fact]
    public Task A_wait_with_a_limit_returns_a_task_of_its_result() => FixTest.Fixes(new ReturnTask(), "DUR1004",
        """
        using Durable;

        public partial class Refund
        {
            [Signal] public partial bool Approved();
            [Signal] public partial Task<bool> ApprovedAsync(TimeSpan limit);
            [Signal] private partial Dictionary<string, int> Count(TimeSpan limit);
            [Signal] private partial System.Threading.Tasks.Task /* nothing */ Started(TimeSpan limit);
        }
        """,
        """
        using Durable;

        public partial class Refund
        {
            [Signal] public partial Task<bool> Approved();
            [Signal] public partial Task<WaitResult<bool>> ApprovedAsync(TimeSpan limit);
            [Signal] private partial Task<WaitResult<Dictionary<string, int>>> Count(TimeSpan limit);
            [Signal] private partial Task<WaitResult> /* nothing */ Started(TimeSpan limit);
        }
        """);

    [Theory]
    [InlineData("[Step] public partial int Price(); int PriceCore() => 1; int Twice() => 2 * Price();")]
    [InlineData("[Step] public virtual partial int Price(); int PriceCore() => 1;")]
    [InlineData("[Step] public partial IAsyncEnumerable<int> Price(); IAsyncEnumerable<int> PriceCore() => throw new InvalidOperationException();")]
    [InlineData("[Step] public partial ref int Price(); int PriceCore() => 1;")]
    [InlineData("[Signal] public partial Task<WaitResult<int>> PriceAsync();")]
    [InlineData("[Step] public partial Stream Price(); Stream PriceCore() => Stream.Null;")]
    public Task What_is_used_already_or_cannot_be_stored_is_left_alone(string members)
        => FixTest.Offers_nothing(new ReturnTask(), "DUR1004", $"using Durable; public partial class Pricing {{ {members} }}");
}
