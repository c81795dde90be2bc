using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class MakeTypePartialTests
{
    [Fact]
    public Task Partial_comes_before_the_keyword_of_the_type() => Fixes(
        """
        using Durable;

        public sealed class Mailing
        {
            [Step] private partial Task SendAsync(string email);
            [Step] private partial Task PrintAsync(string email);
            private void SendAsyncCore(string email) { }
            private void PrintAsyncCore(string email) { }
        }
        """,
        """
        using Durable;

        public sealed partial class Mailing
        {
            [Step] private partial Task SendAsync(string email);
            [Step] private partial Task PrintAsync(string email);
            private void SendAsyncCore(string email) { }
            private void PrintAsyncCore(string email) { }
        }
        """);

    [Fact]
    public Task Types_around_it_become_partial_and_keep_their_comments() => Fixes(
        """
        using Durable;

        // Outside.
        class Outer
        {
            /// <summary>Inside.</summary>
            record class Inner
            {
                [Step] private partial Task SendAsync(string email);
                private void SendAsyncCore(string email) { }
            }

            public partial class Second
            {
                [Step] private partial Task SendAsync(string email);
                private void SendAsyncCore(string email) { }
            }
        }
        """,
        """
        using Durable;

        // Outside.
        partial class Outer
        {
            /// <summary>Inside.</summary>
            partial record class Inner
            {
                [Step] private partial Task SendAsync(string email);
                private void SendAsyncCore(string email) { }
            }

            public partial class Second
            {
                [Step] private partial Task SendAsync(string email);
                private void SendAsyncCore(string email) { }
            }
        }
        """);

    private static Task Fixes(string before, string after) => FixTest.Fixes(new MakeTypePartial(), "DUR1001", before, after);
}
