using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class DeclareDurableTests
{
    [Fact]
    public Task An_async_method_becomes_a_step() => FixTest.Refactors(new DeclareDurable(), "Make it a step",
        """
        using Durable;

        public partial class Mailing
        {
            [Workflow] public partial Task RunAsync();
            private void RunAsyncCore() { }

            /// <summary>Sends.</summary>
            [Obsolete]
            public async Task<int> [|SendAsync|](string email, int times = 1, CancellationToken stop = default)
            {
                await Task.Delay(times, stop);
                return email.Length;
            } // sent

            private void Other() { }
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Workflow] public partial Task RunAsync();
            private void RunAsyncCore() { }

            /// <summary>Sends.</summary>
            [Step]
            [Obsolete]
            public partial Task<int> SendAsync(string email, int times = 1, CancellationToken stop = default);

            private async Task<int> SendAsyncCore(string email, int times, CancellationToken stop)
            {
                await Task.Delay(times, stop);
                return email.Length;
            } // sent

            private void Other() { }
        }
        """,
        added: 1);

    [Fact]
    public Task Where_the_attribute_means_another_one_it_is_written_in_full() => FixTest.Refactors(new DeclareDurable(), "Make it a step",
        """
        using System.Diagnostics;

        public class StepAttribute : Attribute;

        public partial class Mailing
        {
            public async Task [|SendAsync|]()
            {
                await Task.Yield();
                Debug.Assert(true);
            }
        }
        """,
        """
        using System.Diagnostics;

        public class StepAttribute : Attribute;

        public partial class Mailing
        {
            [Durable.Step]
            public partial Task SendAsync();

            private async Task SendAsyncCore()
            {
                await Task.Yield();
                Debug.Assert(true);
            }
        }
        """,
        added: 1);

    [Fact]
    public Task The_first_workflow_of_a_library_of_steps_pins_their_names() => FixTest.Refactors(
        new DeclareDurable(),
        "Make it a workflow",
        [
            """
            using Durable;

            public partial class Mailing
            {
                async Task [|RunAsync|](string email) => await SendAsync(email);
            }
            """,
            """
            using Durable;

            public partial class Mailing
            {
                [Step] public partial Task SendAsync(string email);
                private void SendAsyncCore(string email) { }

                [Step("print")] public partial Task PrintAsync();
                private void PrintAsyncCore() { }
            }
            """,
        ],
        [
            """
            using Durable;

            public partial class Mailing
            {
                [Workflow]
                private partial Task RunAsync(string email);

                private async Task RunAsyncCore(string email) => await SendAsync(email);
            }
            """,
            """
            using Durable;

            public partial class Mailing
            {
                [Step("Mailing.Send")] public partial Task SendAsync(string email);
                private void SendAsyncCore(string email) { }

                [Step("print")] public partial Task PrintAsync();
                private void PrintAsyncCore() { }
            }
            """,
        ],
        added: 1);

    [Theory]
    [InlineData("public partial class C { async Task [|SendAsync|](Stream n) => await Task.Yield(); }")]
    [InlineData("public partial class C { Task<Action> [|SendAsync|]() => throw new InvalidOperationException(); }")]
    [InlineData("public partial class C { async Task [|SendAsync|]() => await Task.Yield(); Task SendAsyncCore() => Task.CompletedTask; }")]
    [InlineData("public partial class C { async Task [|SendAsync|]() => await Task.Yield(); [Step(\"Send\")] public partial Task OneAsync(); void OneAsyncCore() { } [Workflow] public partial Task RunAsync(); void RunAsyncCore() { } static void SendCall() { } }")]
    [InlineData("public partial class C { async Task [|SendAsync|]() => await Task.Yield(); [Step(\"a\"), StepAlias(\"Send\")] public partial Task OneAsync(); void OneAsyncCore() { } [Workflow] public partial Task RunAsync(); void RunAsyncCore() { } static void SendCall() { } }")]
    [InlineData("public partial class C { async Task [|SendAsync|](Span<int> n) { } }")]
    [InlineData("public partial class C { async Task [|SendAsync|]<T>(T n) => await Task.Yield(); }")]
    [InlineData("public partial class C { Task [|SendAsync|](ref int n) => Task.CompletedTask; }")]
    [InlineData("public partial class C { async Task [|SendAsync|](CancellationToken a, int b) => await Task.Yield(); }")]
    [InlineData("file record D; file static class C { internal static async Task [|SendAsync|](D n) => await Task.Yield(); }")]
    [InlineData("public partial class C { async void [|SendAsync|]() => await Task.Yield(); }")]
    [InlineData("public partial class C { int [|Send|]() => 1; }")]
    [InlineData("public partial class C { [Step] public partial Task [|SendAsync|](); void SendAsyncCore() { } }")]
    [InlineData("public class C { async Task [|SendAsync|]() => await Task.Yield(); }")]
    [InlineData("public partial struct C { async Task [|SendAsync|]() => await Task.Yield(); }")]
    [InlineData("public partial class C { public async Task RunAsync() { async Task [|Local|]() => await Task.Yield(); await Local(); } }")]
    public Task What_cannot_be_declared_is_left_alone(string source) => FixTest.Offers_nothing(new DeclareDurable(), $"using Durable; {source}");
}
