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

    [Fact]
    public Task Calls_take_the_arguments_that_are_left_in_their_new_order() => FixTest.Fixes(
        new FixDeclaration(), "DUR1007",
        [
            """
            using Durable;

            public partial class Pricing
            {
                [Step] public partial Task<int> PriceAsync(string item, int amount, bool quick = false, params DateOnly[] days);
                private int PriceAsyncCore(int amount, string item) => amount;
            }
            """,
            """
            using Durable;

            public partial class Pricing
            {
                [Workflow] public partial Task<int> RunAsync(Pricing? other, DateOnly day);

                private async Task<int> RunAsyncCore(Pricing? other, DateOnly day)
                {
                    var sum = await PriceAsync("a", 1);
                    sum += await this.PriceAsync("b", sum, true, day, day) + await PriceAsync(amount: 3, item: "c");
                    sum += await PriceAsync(
                        $"d",
                        sum);
                    // The inner call is still the first.
                    sum += await PriceAsync((await PriceAsync("e", 5)).ToString(), await PriceAsync("f", quick: true, amount: 6));
                    return sum + (other?.PriceAsync("g", 7) is { } task ? await task : 0);
                }
            }
            """,
        ],
        [
            """
            using Durable;

            public partial class Pricing
            {
                [Step] public partial Task<int> PriceAsync(int amount, string item);
                private int PriceAsyncCore(int amount, string item) => amount;
            }
            """,
            """
            using Durable;

            public partial class Pricing
            {
                [Workflow] public partial Task<int> RunAsync(Pricing? other, DateOnly day);

                private async Task<int> RunAsyncCore(Pricing? other, DateOnly day)
                {
                    var sum = await PriceAsync(1, "a");
                    sum += await this.PriceAsync(sum, "b") + await PriceAsync(amount: 3, item: "c");
                    sum += await PriceAsync(
                        sum,
                        $"d");
                    // The inner call is still the first.
                    sum += await PriceAsync(item: (await PriceAsync(5, "e")).ToString(), amount: await PriceAsync(amount: 6, "f"));
                    return sum + (other?.PriceAsync(7, "g") is { } task ? await task : 0);
                }
            }
            """,
        ]);

    [Fact]
    public Task A_workflow_whose_factory_of_calls_is_used_keeps_its_parameters_and_may_change_its_result() => FixTest.Fixes(
        new FixDeclaration(), "DUR1007",
        """
        using Durable;

        public partial class Pricing
        {
            [Workflow] public partial Task<int> RunAsync(string item);
            private Task<long> RunAsyncCore(string item) => Task.FromResult(1L);
            public static object Start() => RunCall("a");
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            [Workflow] public partial Task<long> RunAsync(string item);
            private Task<long> RunAsyncCore(string item) => Task.FromResult(1L);
            public static object Start() => RunCall("a");
        }
        """);

    [Theory]
    [InlineData("int PriceAsyncCore(string item, int n) => n; Task<int> Again() => PriceAsync(\"a\");")]
    [InlineData("int PriceAsyncCore(long item) => 1; Task<int> Again() => PriceAsync(\"a\");")]
    [InlineData("long PriceAsyncCore(string item) => 1; Task<int> Again() => PriceAsync(\"a\");")]
    [InlineData("int PriceAsyncCore() => 1; Func<string, Task<int>> Again() => PriceAsync;")]
    [InlineData("int PriceAsyncCore() => 1; static string Next() => \"a\"; Task<int> Again() => PriceAsync(Next());")]
    [InlineData("int PriceAsyncCore() => 1; Task<int> PriceAsync() => Task.FromResult(1);")]
    [InlineData("int PriceAsyncCore() => 1; Task<int> Again() { var lost = \"a\"; return PriceAsync(lost); }")]
    [InlineData("int PriceAsyncCore() => 1; Task<int> Again() => PriceAsync(/* any */ \"a\");")]
    public Task Where_a_use_would_not_compile_or_say_something_else_nothing_is_offered(string members)
        => FixTest.Offers_nothing(new FixDeclaration(), "DUR1007", $"using Durable; public partial class Pricing {{ [Step] private partial Task<int> PriceAsync(string item); {members} }}");

    [Fact]
    public Task Where_the_factory_of_calls_is_used_and_its_parameters_would_change_nothing_is_offered() => FixTest.Offers_nothing(
        new FixDeclaration(), "DUR1007", "using Durable; public partial class Pricing { [Workflow] public partial Task RunAsync(string item); void RunAsyncCore() { } static object Start() => RunCall(\"a\"); }");

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

    [Theory]
    [InlineData("class User { Task Run(Mailing mailing) => mailing.SendAsync(\"a\"); }")]
    [InlineData("class User { Func<string, Task> Run(Mailing mailing) => mailing.SendAsync; }")]
    public Task A_use_in_another_project_is_not_broken(string user) => FixTest.Offers_nothing_beside(
        new FixDeclaration(), "DUR1007", "using Durable; public partial class Mailing { [Step] public partial Task SendAsync(string email); void SendAsyncCore() { } }", user);

    [Fact]
    public Task A_call_in_another_project_that_a_factory_makes_is_not_broken() => FixTest.Offers_nothing_beside(
        new FixDeclaration(), "DUR1007", "using Durable; public partial class Mailing { [Workflow] public partial Task SendAsync(string email); void SendAsyncCore() { } }", "class User { object Run() => Mailing.SendCall(\"a\"); }");
}
