using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class MakePayloadAccessibleTests
{
    [Fact]
    public Task A_type_becomes_internal_with_what_is_around_it_and_what_it_shows() => FixTest.Fixes(
        new MakePayloadAccessible(), "DUR1013",
        [
            """
            using Durable;

            public class Post
            {
                // All about letters.
                protected static class Letters
                {
                    /// <summary>Written.</summary>
                    [Serializable]
                    public sealed record Letter(Page[] Pages);
                }

                private protected sealed record Note(Kind Kind);

                private protected enum Kind { Long, Short }

                protected class Sheet { }

                protected sealed class Page : Sheet { private Hidden? Hidden() => null; }

                class Hidden { }
            }

            public partial class Mailing : Post
            {
                [Workflow] public partial Task SendAsync();
                private async Task SendAsyncCore(WorkflowContext workflow)
                {
                    await workflow.StepAsync("send", _ => Task.FromResult(new List<Letters.Letter>()));
                    await workflow.StepAsync("note", _ => Task.FromResult(new Dictionary<string, Note[]>()));
                }
            }
            """,
        ],
        [
            """
            using Durable;

            public class Post
            {
                // All about letters.
                protected internal static class Letters
                {
                    /// <summary>Written.</summary>
                    [Serializable]
                    public sealed record Letter(Page[] Pages);
                }

                internal sealed record Note(Kind Kind);

                internal enum Kind { Long, Short }

                protected internal class Sheet { }

                protected internal sealed class Page : Sheet { private Hidden? Hidden() => null; }

                class Hidden { }
            }

            public partial class Mailing : Post
            {
                [Workflow] public partial Task SendAsync();
                private async Task SendAsyncCore(WorkflowContext workflow)
                {
                    await workflow.StepAsync("send", _ => Task.FromResult(new List<Letters.Letter>()));
                    await workflow.StepAsync("note", _ => Task.FromResult(new Dictionary<string, Note[]>()));
                }
            }
            """,
        ]);

    [Fact]
    public Task Every_part_that_says_who_may_use_the_type_says_it_anew() => FixTest.Fixes(
        new MakePayloadAccessible(), "DUR1013",
        [
            """
            using Durable;

            public partial class Post
            {
                private protected partial record Letter(int Pages);
                partial record Letter { }
            }

            public partial class Mailing : Post
            {
                [Workflow] public partial Task ReadAsync();
                private Task ReadAsyncCore(WorkflowContext workflow) => workflow.StepAsync("read", _ => Task.FromResult(new Letter(1)));
            }
            """,
            """
            using Durable;

            public partial class Post
            {
                private protected partial record Letter;
            }
            """,
        ],
        [
            """
            using Durable;

            public partial class Post
            {
                internal partial record Letter(int Pages);
                partial record Letter { }
            }

            public partial class Mailing : Post
            {
                [Workflow] public partial Task ReadAsync();
                private Task ReadAsyncCore(WorkflowContext workflow) => workflow.StepAsync("read", _ => Task.FromResult(new Letter(1)));
            }
            """,
            """
            using Durable;

            public partial class Post
            {
                internal partial record Letter;
            }
            """,
        ]);

    [Theory]
    [InlineData("file record Letter; public static class Mailing { public static Task SendAsync(WorkflowContext workflow) => workflow.StepAsync(\"send\", _ => Task.FromResult(new Letter())); }")]
    [InlineData("file class Post { internal record Letter; } public static class Mailing { public static Task SendAsync(WorkflowContext workflow) => workflow.StepAsync(\"send\", _ => Task.FromResult(new Post.Letter())); }")]
    [InlineData("public partial class Mailing<T> { [Step] public partial Task SendAsync(T item); void SendAsyncCore(T item) { } }")]
    public Task What_no_accessibility_helps_is_offered_nothing(string source) => FixTest.Offers_nothing(new MakePayloadAccessible(), "DUR1013", "using Durable; " + source);
}
