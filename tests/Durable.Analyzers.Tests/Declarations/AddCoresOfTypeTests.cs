using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class AddCoresOfTypeTests
{
    [Fact]
    public Task All_missing_bodies_of_the_type_are_written_each_in_the_file_of_its_declaration() => FixTest.Fixes(
        new AddCoresOfType(), "DUR1005",
        [
            """
            using Durable;

            public partial class Mailing
            {
                [Workflow] public partial Task RunAsync(string email);
                [Step] private partial Task<int> CountAsync();
                [Step] private partial Task ReadyAsync();
                private void ReadyAsyncCore() { }
            }
            """,
            """
            using Durable;

            public partial class Mailing
            {
                [Step] private static partial Task SendAsync(string email);
            }
            """,
        ],
        [
            """
            using Durable;

            public partial class Mailing
            {
                [Workflow] public partial Task RunAsync(string email);

                private Task RunAsyncCore(string email, WorkflowContext workflow) => throw new NotImplementedException();

                [Step] private partial Task<int> CountAsync();

                private Task<int> CountAsyncCore() => throw new NotImplementedException();

                [Step] private partial Task ReadyAsync();
                private void ReadyAsyncCore() { }
            }
            """,
            """
            using Durable;

            public partial class Mailing
            {
                [Step] private static partial Task SendAsync(string email);

                private static Task SendAsyncCore(string email) => throw new NotImplementedException();
            }
            """,
        ]);

    [Fact]
    public Task Where_one_body_is_missing_the_single_fix_is_enough()
        => FixTest.Offers_nothing(new AddCoresOfType(), "DUR1005", "using Durable; public partial class Mailing { [Step] public partial Task SendAsync(); [Step] public partial Task PrintAsync(); void PrintAsyncCore() { } }");
}
