using System.Reflection;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Consumers.Tests;

/// <summary>One source in three versions of the language, each with what is new in it, built by the SDK's own compiler. That it built at all, strictly and with documentation, is half of the claim.</summary>
public sealed class LanguageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Acme.Ledger.CSharp12", "7, 8")]
    [InlineData("Acme.Ledger.CSharp13", "7\n[1m 6 9")]
    [InlineData("Acme.Ledger.CSharp14", "7\nMay 1 10\nthe period 1 10")]
    public async Task A_project_in_its_version_of_the_language_runs_its_workflows(string project, string output)
    {
        var program = typeof(LanguageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(constant => constant.Key == project).Value!;

        var result = (await ChildProcess.RunAsync(program, _folder.Path)).Expect(0);

        Assert.Equal(output, result.Output);
    }
}
