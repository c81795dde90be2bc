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
                [Step] private partial Task<List<Letters.Letter>?> SendAsync(Letters.Letter letter, Dictionary<string, Note> pages);
                private List<Letters.Letter>? SendAsyncCore(Letters.Letter letter, Dictionary<string, Note> pages) => null;
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
                [Step] private partial Task<List<Letters.Letter>?> SendAsync(Letters.Letter letter, Dictionary<string, Note> pages);
                private List<Letters.Letter>? SendAsyncCore(Letters.Letter letter, Dictionary<string, Note> pages) => null;
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
                [Step] private partial Task<Letter> ReadAsync();
                private Letter ReadAsyncCore() => new(1);
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
                [Step] private partial Task<Letter> ReadAsync();
                private Letter ReadAsyncCore() => new(1);
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
    [InlineData("using Durable; file record Letter; public partial class Mailing { [Step] internal partial Task SendAsync(Letter letter); void SendAsyncCore(Letter letter) { } }")]
    [InlineData("using Durable; file class Post { internal record Letter; } public partial class Mailing { [Step] internal partial Task SendAsync(List<Post.Letter> letter); void SendAsyncCore(List<Post.Letter> letter) { } }")]
    [InlineData("using Durable; public partial class Mailing<T> { [Step] public partial Task SendAsync(T item); void SendAsyncCore(T item) { } }")]
    public Task What_no_accessibility_helps_is_offered_nothing(string source) => FixTest.Offers_nothing(new MakePayloadAccessible(), "DUR1013", source);
}
