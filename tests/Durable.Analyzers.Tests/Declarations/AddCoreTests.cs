using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class AddCoreTests
{
    [Fact]
    public Task Each_missing_Core_is_written_below_its_declaration() => Fixes(
        """
        using Durable;

        public partial class Pricing
        {
            /// <summary>Prices all.</summary>
            [Workflow] public partial Task<decimal> PriceAllAsync(string[] items, CancellationToken stop = default);
            [Step] private partial Task<decimal?> PriceAsync([StepKey] string? item, params int[] amounts);
            [Step] protected internal static partial ValueTask LogAsync(Dictionary<string, int> @class);
        }
        """,
        """
        using Durable;

        public partial class Pricing
        {
            /// <summary>Prices all.</summary>
            [Workflow] public partial Task<decimal> PriceAllAsync(string[] items, CancellationToken stop = default);

            private Task<decimal> PriceAllAsyncCore(string[] items, WorkflowContext workflow, CancellationToken stop) => throw new NotImplementedException();

            [Step] private partial Task<decimal?> PriceAsync([StepKey] string? item, params int[] amounts);

            private Task<decimal?> PriceAsyncCore(string? item, int[] amounts) => throw new NotImplementedException();

            [Step] protected internal static partial ValueTask LogAsync(Dictionary<string, int> @class);

            private static ValueTask LogAsyncCore(Dictionary<string, int> @class) => throw new NotImplementedException();
        }
        """);

    [Fact]
    public Task A_context_gets_a_name_that_is_free() => Fixes(
        """
        using Durable;

        public partial class Running
        {
            [Workflow] public partial Task RunAsync(string workflow);
        }
        """,
        """
        using Durable;

        public partial class Running
        {
            [Workflow] public partial Task RunAsync(string workflow);

            private Task RunAsyncCore(string workflow, WorkflowContext workflowContext) => throw new NotImplementedException();
        }
        """);

    private static Task Fixes(string before, string after) => FixTest.Fixes(new AddCore(), "DUR1005", before, after);
}
