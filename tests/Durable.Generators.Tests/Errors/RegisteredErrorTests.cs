using Durable.Generators.Tests.Pipeline;
using Durable.TestKit;

namespace Durable.Generators.Tests.Errors;

/// <summary>What the generated module registers of <c>[DurableError]</c> types.</summary>
public sealed class RegisteredErrorTests
{
    private const string Library = """
        namespace Lib;
        [DurableError] public sealed class GateException(int gate) : Exception($"gate {gate}") { public int Gate { get; } = gate; }
        """;

    [Fact]
    public void A_library_that_declares_nothing_but_errors()
    {
        var files = Generation.Of("""
            namespace Acme;
            [DurableError]
            public sealed partial class CardDeclinedException(string code, string message, Exception? innerException) : Exception(message, innerException)
            {
                public string Code { get; } = code;
                [Sensitive] public string? Holder { get; init; }
                public bool IsFinal => Code.Length > 0;
            }
            [Serializable] public sealed partial class CardDeclinedException;
            [DurableError] public class BusyException : Exception;
            """).Compiles().Files;
        Snapshot.Matches(files["Durable.Module.g.cs"], "Module");
        Snapshot.Matches(files["Durable.Payloads.g.cs"], "Payloads");
    }

    [Fact]
    public async Task An_error_of_a_library_without_workflows_comes_back()
    {
        var library = Generation.Of(Library, "Lib").Compiles();
        var user = Generation.Of(new FailingFlow { Types = "", Thrown = "new Lib.GateException(7)", Shown = "$\"{((Lib.GateException)cause!).Gate}\"" }.Source, "Sample", library.Reference()).Compiles();
        Assert.Contains("new global::Durable.Generated.Lib.DurableModule()", user.Files["Durable.AddWorkflows.g.cs"]);
        var assembly = user.Load(library);
        await using var host = await GeneratedHost.StartAsync(assembly);
        Assert.Equal("7", await host.Client.RunAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "User", "Start")));
    }

    [Fact]
    public async Task Two_types_of_one_name_are_refused_when_the_host_starts()
    {
        var library = Generation.Of(Library, "Lib").Compiles();
        var other = Generation.Of(Library + "public static partial class User { [Step] public static partial Task A(); private static void ACore() { } }", "Sample", library.Reference());
        var assembly = Generation.Of(other.Output.RemoveSyntaxTrees(other.Result.GeneratedTrees)).Load(library);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => GeneratedHost.StartAsync(assembly));
        Assert.Contains("Two [DurableError] types are named 'Lib.GateException': in 'Sample' and in 'Lib'.", refusal.ToString());
    }

    [Theory]
    [InlineData("[DurableError] public class Outer<T> { }")]
    [InlineData("[DurableError] public abstract class GateException : Exception { }")]
    [InlineData("[DurableError] public class GateException<T> : Exception { }")]
    [InlineData("public static class Outer { [DurableError] private class GateException : Exception { } }")]
    [InlineData("[DurableError] file class GateException : Exception { }")]
    [InlineData("[DurableError] public class GateException(System.IO.Stream body) : Exception { public System.IO.Stream Body { get; } = body; }")]
    [InlineData("[DurableError] public class GateException(GateException? last) : Exception { public GateException? Last { get; } = last; }")]
    public void What_cannot_be_brought_back_is_not_registered(string declaration)
    {
        var files = Generation.Of(declaration).Compiles().Files;
        Assert.DoesNotContain("Durable.Module.g.cs", files.Keys);
        Assert.DoesNotContain("Durable.Payloads.g.cs", files.Keys);
    }

    [Fact]
    public void Parts_and_files_in_another_order_give_the_same()
    {
        string[] sources =
        [
            "namespace Acme; [Durable.DurableError] public sealed partial class AException : System.Exception { public int A { get; set; } }",
            "namespace Acme; [System.Serializable] public sealed partial class AException { public int B { get; set; } }",
            "namespace Acme; [Durable.DurableError] public sealed class BException : System.Exception;",
        ];
        Assert.Equal(Files(sources).Keys, Files(sources.Reverse()).Keys);
        Assert.Equal(Files(sources)["Durable.Module.g.cs"], Files(sources.Reverse())["Durable.Module.g.cs"]);

        static IReadOnlyDictionary<string, string> Files(IEnumerable<string> sources)
            => Generation.Of(Generation.Compile("").RemoveAllSyntaxTrees().AddSyntaxTrees(sources.Select((source, index) => Generation.Tree(source, $"{index}.cs")))).Compiles().Files;
    }
}
