using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class DropSignalBodyTests
{
    [Fact]
    public Task Methods_become_partial_without_a_body() => FixTest.Fixes(new DropSignalBody(), "DUR1002",
        """
        using Durable;

        public partial class Refund
        {
            // Somebody says yes.
            [Signal] public async Task<bool> ApprovedAsync() => await Task.FromResult(true);

            [Signal("go")]
            static Task<WaitResult> StartedAsync(TimeSpan limit)
            {
                throw new InvalidOperationException();
            }
        }
        """,
        """
        using Durable;

        public partial class Refund
        {
            // Somebody says yes.
            [Signal] public partial Task<bool> ApprovedAsync();

            [Signal("go")]
            private static partial Task<WaitResult> StartedAsync(TimeSpan limit);
        }
        """);

    [Fact]
    public Task A_body_is_removed_from_the_declaration_or_with_its_half() => FixTest.Fixes(new DropSignalBody(), "DUR1003",
        """
        using Durable;

        public partial class Refund
        {
            [Signal] public partial Task<bool> ApprovedAsync() => Task.FromResult(true);
            [Signal] public partial Task StartedAsync();
            public partial Task StartedAsync() => Task.CompletedTask;
        }
        """,
        """
        using Durable;

        public partial class Refund
        {
            [Signal] public partial Task<bool> ApprovedAsync();
            [Signal] public partial Task StartedAsync();
        }
        """);

    [Theory]
    [InlineData("DUR1002", "[Step] public Task SendAsync() => Task.CompletedTask;")]
    [InlineData("DUR1003", "[Step] public partial Task SendAsync() => Task.CompletedTask;")]
    public Task What_has_a_body_of_its_own_is_left_to_another_fix(string id, string member)
        => FixTest.Offers_nothing(new DropSignalBody(), id, $"using Durable; public partial class Refund {{ {member} }}");
}
