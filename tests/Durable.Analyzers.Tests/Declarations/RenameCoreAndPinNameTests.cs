using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class RenameCoreAndPinNameTests
{
    [Fact]
    public Task After_a_rename_what_is_stored_keeps_the_name_from_before_it() => FixTest.Fixes(
        new RenameCoreAndPinName(), "DUR1005",
        [Text("[Workflow(Version = 2)]", "RunNowAsync", "RunAsyncCore", "[Step /* one */]", "SendNowAsync", "SendAsyncCore")],
        [Text("[Workflow(\"Mailing.Run\", Version = 2)]", "RunNowAsync", "RunNowAsyncCore", "[Step(\"Send\") /* one */]", "SendNowAsync", "SendNowAsyncCore")],
        named: [Text("[Workflow(Version = 2)]", "RunAsync", "RunAsyncCore", "[Step /* one */]", "SendAsync", "SendAsyncCore")]);

    [Fact]
    public Task A_name_that_is_written_already_needs_no_pin()
        => FixTest.Offers_nothing(new RenameCoreAndPinName(), "DUR1005", "using Durable; public partial class Mailing { [Step(\"send\")] public partial Task NewAsync(int n); void OldAsyncCore(int n) { } }");

    private static string Text(string workflow, string run, string runBody, string step, string send, string sendBody) => $$"""
        using Durable;

        public partial class Mailing
        {
            {{workflow}} public partial Task<int> {{run}}(string email);

            private Task<int> {{runBody}}(string email) => {{send}}(email);

            {{step}}
            private partial Task<int> {{send}}(string email, int times = 1);

            private int {{sendBody}}(string email, int times) => times;
        }
        """;
}
