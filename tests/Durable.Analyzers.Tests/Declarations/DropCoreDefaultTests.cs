using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class DropCoreDefaultTests
{
    [Fact]
    public Task The_defaults_of_the_body_go_and_those_of_the_declaration_stay() => FixTest.Fixes(new DropCoreDefault(), "DUR1015",
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email, int times = 3, CancellationToken stop = default);

            private void SendAsyncCore(
                string email,
                int times = 1, // once
                CancellationToken stop = default)
            {
            }

            [Workflow] public partial Task RunAsync(CancellationToken stop);

            private Task RunAsyncCore(WorkflowContext workflow, CancellationToken stop = default /* never */) => SendAsync("a", stop: stop);
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email, int times = 3, CancellationToken stop = default);

            private void SendAsyncCore(
                string email,
                int times, // once
                CancellationToken stop)
            {
            }

            [Workflow] public partial Task RunAsync(CancellationToken stop);

            private Task RunAsyncCore(WorkflowContext workflow, CancellationToken stop /* never */) => SendAsync("a", stop: stop);
        }
        """);

    [Fact]
    public async Task A_default_takes_those_before_it_along_which_could_not_stay_without_it()
    {
        const string text = """
            using Durable;

            public partial class Mailing
            {
                [Step] private partial Task SendAsync(string email, int times, CancellationToken stop);
                private void SendAsyncCore(string email, int times = 1, CancellationToken stop = default) { }
            }
            """;
        Assert.Equal(text.Replace("times = 1", "times").Replace("stop = default", "stop"), await new FixRun(new DropCoreDefault(), "DUR1015").LastAlone(text));
    }
}
