using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class RenameCoreTests
{
    [Fact]
    public Task The_body_left_behind_by_a_rename_takes_the_new_name_in_whatever_file_it_is() => FixTest.Fixes(
        new RenameCore(), "DUR1005",
        [
            """
            using Durable;

            public partial class Mailing
            {
                [Workflow] public partial Task SendAllAsync(string[] emails);
                [Step] private partial Task<int> SendOneAsync(string email);

                private async Task RunAsyncCore(string[] emails, WorkflowContext workflow)
                {
                    foreach (var email in emails)
                        await SendOneAsync(email);
                }

                private static void MeasureCore(int n) { }
            }
            """,
            """
            using Durable;

            public partial class Mailing
            {
                // Sends.
                private int SendAsyncCore(string to, StepContext step)
                {
                    MeasureCore(1);
                    return 1;
                }
            }
            """,
        ],
        [
            """
            using Durable;

            public partial class Mailing
            {
                [Workflow] public partial Task SendAllAsync(string[] emails);
                [Step] private partial Task<int> SendOneAsync(string email);

                private async Task SendAllAsyncCore(string[] emails, WorkflowContext workflow)
                {
                    foreach (var email in emails)
                        await SendOneAsync(email);
                }

                private static void MeasureCore(int n) { }
            }
            """,
            """
            using Durable;

            public partial class Mailing
            {
                // Sends.
                private int SendOneAsyncCore(string to, StepContext step)
                {
                    MeasureCore(1);
                    return 1;
                }
            }
            """,
        ]);

    [Theory]
    [InlineData("void OldAsyncCore(string n) { }")]
    [InlineData("internal void OldAsyncCore(int n) { }")]
    [InlineData("void OldAsyncCore(int n) { } void OlderAsyncCore(int n) { }")]
    [InlineData("void OldAsyncCore(int n) { } void Use() => OldAsyncCore(1);")]
    [InlineData("[Step] public partial Task SecondAsync(int n); void OldAsyncCore(int n) { }")]
    [InlineData("[Step] public partial Task OldAsync(int n); void OldAsyncCore(int n) { }")]
    public Task A_method_that_need_not_be_the_body_is_left_alone(string members)
        => FixTest.Offers_nothing(new RenameCore(), "DUR1005", $"using Durable; public partial class Mailing {{ [Step] public partial Task NewAsync(int n); {members} }}");
}
