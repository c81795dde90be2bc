using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class ReturnCompletedTaskTests
{
    [Fact]
    public Task Null_becomes_a_task_that_has_ended() => FixTest.Fixes(
        new ReturnCompletedTask(), "DUR1016",
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email);
            [Step] private partial ValueTask<string?> ReadAsync(int n);
            [Step] private partial Task<int?> CountAsync();

            private Task SendAsyncCore(string email)
            {
                if (email.Length > 1)
                    return Task.Run(() => { });
                return /* nothing */ null!; // to do
            }

            private Task<string?> ReadAsyncCore(int n) => n switch { 1 => default!, _ => ((Task<string?>)null!) };
            private Task<int?> CountAsyncCore() => default(Task<int?>)!;
        }
        """,
        """
        using Durable;

        public partial class Mailing
        {
            [Step] private partial Task SendAsync(string email);
            [Step] private partial ValueTask<string?> ReadAsync(int n);
            [Step] private partial Task<int?> CountAsync();

            private Task SendAsyncCore(string email)
            {
                if (email.Length > 1)
                    return Task.Run(() => { });
                return /* nothing */ Task.CompletedTask; // to do
            }

            private Task<string?> ReadAsyncCore(int n) => n switch { 1 => Task.FromResult<string?>(null), _ => Task.FromResult<string?>(null) };
            private Task<int?> CountAsyncCore() => Task.FromResult<int?>(null);
        }
        """);

    [Theory]
    [InlineData("int")]
    [InlineData("string")]
    [InlineData("List<string?>")]
    public Task Where_the_result_cannot_be_null_nothing_is_offered(string result) => FixTest.Offers_nothing(
        new ReturnCompletedTask(), "DUR1016", $"using Durable; public partial class Mailing {{ [Step] private partial Task<{result}> ReadAsync(); Task<{result}> ReadAsyncCore() => null!; }}");
}
