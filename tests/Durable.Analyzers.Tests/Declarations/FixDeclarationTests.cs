using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class FixDeclarationTests
{
    [Fact]
    public Task The_declaration_follows_its_body_and_keeps_what_it_says_of_parameters_that_stay() => FixTest.Fixes(
        new FixDeclaration(), "DUR1007",
        [
            """
            using Durable;

            public partial class Pricing
            {
                [Step] private partial Task<decimal> PriceAsync([StepKey] string item, int amount = 1, CancellationToken stop = default); // price
                [Step] private partial ValueTask LogAsync(params int[] n);
                [Workflow] public partial Task RunAsync(string item, int n, string? comment = null);
            }
            """,
            """
            using Durable;

            public partial class Pricing
            {
                private async Task<List<int>> PriceAsyncCore(DateOnly day, string item, int amount, StepContext step, CancellationToken stop)
                {
                    await Task.Yield();
                    return [amount, item.Length, day.Year];
                }

                private int LogAsyncCore(long n, string @class) => @class.Length;
                private void RunAsyncCore(string it, WorkflowContext workflow) { }
            }
            """,
        ],
        [
            """
            using Durable;

            public partial class Pricing
            {
                [Step] private partial Task<List<int>> PriceAsync(DateOnly day, [StepKey] string item, int amount = 1, CancellationToken stop = default); // price
                [Step] private partial ValueTask<int> LogAsync(long n, string @class);
                [Workflow] public partial Task RunAsync(string item);
            }
            """,
            """
            using Durable;

            public partial class Pricing
            {
                private async Task<List<int>> PriceAsyncCore(DateOnly day, string item, int amount, StepContext step, CancellationToken stop)
                {
                    await Task.Yield();
                    return [amount, item.Length, day.Year];
                }

                private int LogAsyncCore(long n, string @class) => @class.Length;
                private void RunAsyncCore(string it, WorkflowContext workflow) { }
            }
            """,
        ]);

    [Fact]
    public Task Lines_and_comments_of_parameters_that_stay_are_kept() => FixTest.Fixes(
        new FixDeclaration(), "DUR1007",
        """
        using Durable;

        public partial class Pricing
        {
            [Step]
            private partial Task PriceAsync(
                [StepKey] string item, // what
                int amount = 1); // how many

            private void PriceAsyncCore(string item, bool quick, int amount) { }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step]
            private partial Task PriceAsync(
                [StepKey] string item, // what
                bool quick,
                int amount = 1); // how many

            private void PriceAsyncCore(string item, bool quick, int amount) { }
        }
        """);

    [Fact]
    public Task A_default_that_no_longer_stands_last_goes() => FixTest.Fixes(
        new FixDeclaration(), "DUR1007",
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial ValueTask<int> PriceAsync(string item = "a", params int[] all);
            private void PriceAsyncCore(string item, int[] all, bool quick) { }
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Step] private partial ValueTask PriceAsync(string item, int[] all, bool quick);
            private void PriceAsyncCore(string item, int[] all, bool quick) { }
        }
        """);

    [Theory]
    [InlineData("[Step] public partial Task SendAsync([StepKey] string email);", "void SendAsyncCore(int n) { }")]
    [InlineData("[Step] public partial Task SendAsync([StepKey] string email);", "void SendAsyncCore(int email) { }")]
    [InlineData("[Step] public static partial Task SendAsync(string email);", "void SendAsyncCore(string email) { }")]
    [InlineData("[Step] public partial Task SendAsync(string email);", "void SendAsyncCore(ref string email) { }")]
    [InlineData("[Step] public partial Task SendAsync(string email);", "void SendAsyncCore<T>(string email) { }")]
    [InlineData("[Step] public partial Task SendAsync(string email);", "void SendAsyncCore(string email, StepContext step, int n) { }")]
    [InlineData("[Step] public partial Task SendAsync(string email);", "void SendAsyncCore(string email, WorkflowContext workflow) { }")]
    [InlineData("[Step] public partial Task SendAsync(string email);", "async void SendAsyncCore(string email) => await Task.Yield();")]
    [InlineData("[Step] public virtual partial Task SendAsync(string email);", "void SendAsyncCore(int n) { }")]
    public Task Where_ids_would_change_or_no_declaration_would_fit_nothing_is_offered(string declaration, string core)
        => FixTest.Offers_nothing(new FixDeclaration(), "DUR1007", $"using Durable; public partial class Mailing {{ {declaration} {core} }}");

    [Fact]
    public Task A_method_that_an_interface_asks_for_is_left_alone() => FixTest.Offers_nothing(
        new FixDeclaration(), "DUR1007", "using Durable; public interface ISend { Task SendAsync(); } public partial class Mailing : ISend { [Step] public partial Task SendAsync(); void SendAsyncCore(int n) { } }");
}
