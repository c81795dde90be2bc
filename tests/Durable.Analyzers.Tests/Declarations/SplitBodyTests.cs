using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class SplitBodyTests
{
    [Fact]
    public Task An_expression_body_moves_into_Core() => Fixes("DUR1002",
        """
        using Durable;

        public partial class Pricing
        {
            // Asks the catalogue.
            [Step] private async Task<decimal> PriceAsync([StepKey] string item, int amount = 1) => await Task.FromResult(amount); // slow
            private void Other() { }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            // Asks the catalogue.
            [Step] private partial Task<decimal> PriceAsync([StepKey] string item, int amount = 1);

            private async Task<decimal> PriceAsyncCore(string item, int amount) => await Task.FromResult(amount); // slow

            private void Other() { }
        }
        """);

    [Fact]
    public Task Block_bodies_move_into_Cores_all_at_once() => Fixes("DUR1002",
        """
        using Durable;

        public static partial class Pricing
        {
            /// <summary>Price.</summary>
            [Step("price")]
            public static async Task<decimal> PriceAsync(
                [StepKey] string item,
                params int[] amounts)
            {
                await Task.Yield();
                return amounts.Sum();
            }

            [Step]
            static Task LogAsync(string item)
            {
                return Task.CompletedTask;
            }
        }
        """,
        """
        using Durable;

        public static partial class Pricing
        {
            /// <summary>Price.</summary>
            [Step("price")]
            public static partial Task<decimal> PriceAsync(
                [StepKey] string item,
                params int[] amounts);

            private static async Task<decimal> PriceAsyncCore(
                string item,
                int[] amounts)
            {
                await Task.Yield();
                return amounts.Sum();
            }

            [Step]
            private static partial Task LogAsync(string item);

            private static Task LogAsyncCore(string item)
            {
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task The_body_of_a_partial_method_moves_into_Core() => Fixes("DUR1003",
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email) => Task.CompletedTask;
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email);

            private Task SendAsyncCore(string email) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Overloads_keep_their_bodies_apart_and_comments_stay_where_they_say_something() => Fixes("DUR1002",
        """
        using Durable;

        public partial class Mailing
        {
            [Step("one")]
            private async Task SendAsync(
                string email, // to
                int /* how often */ times) // at most
            {
                await Task.Yield();
            } // sent

            [Step("two")] private Task SendAsync(string email) => Task.CompletedTask;
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Step("one")]
            private partial Task SendAsync(
                string email, // to
                int /* how often */ times);

            private async Task SendAsyncCore(
                string email,
                int times) // at most
            {
                await Task.Yield();
            } // sent

            [Step("two")] private partial Task SendAsync(string email);

            private Task SendAsyncCore(string email) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task A_second_half_becomes_Core_where_it_stands() => Fixes("DUR1003",
        """
        using Durable;

        public partial class Mailing
        {
            [Step] public partial Task SendAsync(string email);

            // Sends.
            public async partial Task SendAsync(string email)
            {
                await Task.Yield();
            }
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Step] public partial Task SendAsync(string email);

            // Sends.
            private async Task SendAsyncCore(string email)
            {
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task A_method_without_a_body_becomes_partial() => Fixes("DUR1002",
        """
        using Durable;

        public partial class Mailing
        {
            [Step] Task SendAsync(string email);
            private Task SendAsyncCore(string email) => Task.CompletedTask;
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email);
            private Task SendAsyncCore(string email) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task The_line_breaks_of_the_file_are_kept()
        => Fixes("DUR1002",
            "using Durable;\r\n\r\npublic partial class Mailing\r\n{\r\n    [Step] private Task SendAsync(string email)\r\n    {\r\n        return Task.CompletedTask;\r\n    }\r\n}\r\n",
            "using Durable;\r\n\r\npublic partial class Mailing\r\n{\r\n    [Step] private partial Task SendAsync(string email);\r\n\r\n    private Task SendAsyncCore(string email)\r\n    {\r\n        return Task.CompletedTask;\r\n    }\r\n}\r\n");

    private static Task Fixes(string id, string before, string after) => FixTest.Fixes(new SplitBody(), id, before, after);
}
