using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Generators.Tests.Build;

/// <summary>A generator that cannot run fails the build, and the message says what to do: the package's targets, in a project that is nothing but they.</summary>
public sealed class GeneratorMissingTests
{
    private const string Declaration = """
        using Durable;
        public sealed partial class Flow { [Workflow("a (b); 'c' %41 $(Language) @(Compile) `")] public partial System.Threading.Tasks.Task<int> RunAsync(int x = 1); }
        """;

    [Fact]
    public async Task A_declaration_without_generator_is_an_error_that_names_the_file()
    {
        var result = await BuildAsync(Declaration, "");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"Flow\.cs ?: error DUR0001: .* is not among this project's analyzers", result.Output);
    }

    [Theory]
    [InlineData("public partial class Steps { [Step] public void Given() { } }")]
    [InlineData("public static class Starter { public static void Start() { } }")]
    public async Task A_project_that_declares_nothing_needs_no_generator(string source) => (await BuildAsync(source, "")).Expect(0);

    [Fact]
    public async Task A_compiler_that_is_too_old_to_load_the_generator_is_an_error()
    {
        var result = await BuildAsync(Declaration, "<Analyzer Include='x/Durable.Generators.dll' />", "<CompilerApiVersion>roslyn4.13</CompilerApiVersion>");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error DUR0002: ", result.Output);
        Assert.Contains("this build uses 4.13", result.Output);
    }

    [Theory]
    [InlineData("7.3", 1)]
    [InlineData("11", 1)]
    [InlineData("11.0", 1)]
    [InlineData("12", 0)]
    [InlineData("14.0", 0)]
    [InlineData("latest", 0)]
    [InlineData("", 0)]
    public async Task A_language_that_generated_code_is_not_written_in_is_an_error(string version, int exitCode)
    {
        var result = await BuildAsync(Declaration, "<Analyzer Include='x/Durable.Generators.dll' />", $"<CompilerApiVersion>roslyn4.14</CompilerApiVersion><LangVersion>{version}</LangVersion>");
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 1, result.Output.Contains("error DUR0003: ", StringComparison.Ordinal));
    }

    private static async Task<ChildResult> BuildAsync(string source, string analyzers, string properties = "")
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("Flow.cs"), source);
        File.WriteAllText(folder.File("project.proj"), $"""
            <Project>
              <PropertyGroup><Language>C#</Language>{properties}</PropertyGroup>
              <ItemGroup><Compile Include="Flow.cs" />{analyzers}</ItemGroup>
              <Target Name="CoreCompile" />
              <Import Project="{Path.Combine(Repository.Root, "src", "Durable.Runtime", "build", "Durable.Runtime.targets")}" />
            </Project>
            """);
        return await ChildProcess.RunAsync("msbuild", folder.Path, "project.proj", "-t:CoreCompile", "-nologo");
    }
}
