using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Declarations;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class PinNameTests
{
    [Theory]
    [InlineData("[Step]", "[Step(\"Send\")]")]
    [InlineData("[Step()]", "[Step(\"Send\")]")]
    [InlineData("[Step /* why */]", "[Step(\"Send\") /* why */]")]
    [InlineData("[Step(OncePerRun = true)]", "[Step(\"Send\", OncePerRun = true)]")]
    [InlineData("[Obsolete, Step, StepAlias(\"old\")]", "[Obsolete, Step(\"Send\"), StepAlias(\"old\")]")]
    public Task A_step_gets_the_name_that_it_has(string attributes, string pinned)
        => FixTest.Refactors(new PinName(), "Pin step name", Text("[Workflow]", attributes, "RunAsync", "[|SendAsync|]"), Text("[Workflow]", pinned, "RunAsync", "SendAsync"));

    [Theory]
    [InlineData("[Workflow]", "[Workflow(\"Mailing.Run\")]")]
    [InlineData("[Workflow(Version = 2)]", "[Workflow(\"Mailing.Run\", Version = 2)]")]
    public Task A_workflow_gets_the_name_that_it_has(string attributes, string pinned)
        => FixTest.Refactors(new PinName(), "Pin workflow name", Text(attributes, "[Step]", "[|RunAsync|]", "SendAsync"), Text(pinned, "[Step]", "RunAsync", "SendAsync"));

    [Fact]
    public Task A_signal_gets_the_name_that_it_has() => FixTest.Refactors(
        new PinName(),
        "Pin signal name",
        "using Durable;\n\npublic partial class Refund\n{\n    [Signal] public partial Task<bool> [|ApprovedAsync|]();\n}\n",
        "using Durable;\n\npublic partial class Refund\n{\n    [Signal(\"Refund.Approved\")] public partial Task<bool> ApprovedAsync();\n}\n");

    [Fact]
    public Task A_step_of_a_library_gets_its_type_into_its_name() => FixTest.Refactors(
        new PinName(),
        "Pin step name",
        "using Durable;\n\npublic partial class Outer\n{\n    public static partial class Mails\n    {\n        [Step] public static partial Task [|SendAsync|]();\n        static void SendAsyncCore() { }\n    }\n}\n",
        "using Durable;\n\npublic partial class Outer\n{\n    public static partial class Mails\n    {\n        [Step(\"Outer.Mails.Send\")] public static partial Task SendAsync();\n        static void SendAsyncCore() { }\n    }\n}\n");

    [Theory]
    [InlineData("[Step(\"send\")] public partial Task [|SendAsync|](); void SendAsyncCore() { }")]
    [InlineData("[Step(name: \"send\")] public partial Task [|SendAsync|](); void SendAsyncCore() { }")]
    [InlineData("[Step] public partial Task SendAsync(); void [|SendAsyncCore|]() { }")]
    [InlineData("public Task [|SendAsync|]() => Task.CompletedTask;")]
    public Task Where_a_name_is_written_or_none_is_needed_nothing_is_offered(string members)
        => FixTest.Offers_nothing(new PinName(), $"using Durable; public partial class Mailing {{ {members} }}");

    private static string Text(string workflow, string step, string run, string send) => $$"""
        using Durable;

        public partial class Mailing
        {
            {{workflow}}
            public partial Task {{run}}();
            private void RunAsyncCore() { }

            {{step}}
            private partial Task {{send}}();
            private void SendAsyncCore() { }
        }
        """;
}
