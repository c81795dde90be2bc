using Durable.TestKit;
using Durable.TestKit.Processes;
using Xunit.Abstractions;

namespace Durable.Packages.Tests;

[Collection(PackageCollection.Name)]
public sealed class PublishTests(PackageFeed feed, PublishedSample sample, ITestOutputHelper output) : IClassFixture<PublishedSample>, IDisposable
{
    private const string Completed = "  Completed  120 (0 before, 120 now)";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trimmed_program_runs_its_workflows_to_the_end()
    {
        var result = (await RunTrimmedAsync()).Expect(0);

        Assert.Contains(Completed, result.Output.Split('\n'));
    }

    [Fact]
    public async Task A_trimmed_program_goes_on_after_a_crash()
    {
        (await RunTrimmedAsync("--crash-after", "ChargeCustomer")).Expect(ChildResult.Killed);

        var result = (await RunTrimmedAsync()).Expect(0);

        Assert.Contains("  Charged    120 of 120 once, says the ledger (0 calls repeated with the same token)", result.Output.Split('\n'));
    }

    [Fact]
    public void A_trimmed_program_holds_only_what_it_needs_of_an_assembly_of_ours()
    {
        using var package = feed.Open("Durable.Runtime");
        var whole = package.Bytes("lib/net10.0/Durable.Runtime.dll").Length;

        Assert.InRange(new FileInfo(Path.Combine(sample.Trimmed, "Durable.Runtime.dll")).Length, 1, whole * 9 / 10);
    }

    [Fact]
    public async Task The_trimmer_finds_nothing_to_warn_of_in_the_whole_of_our_assemblies()
    {
        var warnings = await sample.TrimAsync("whole", "OrderProcessing", "Durable.Runtime", "Durable.Sqlite");

        // Those of this package are its search for the native bundle and what it does on Windows; that they are seen shows that ours would be.
        Assert.NotEmpty(warnings);
        Assert.All(warnings.Concat(sample.Warnings), warning => Assert.Contains(": Microsoft.Data.Sqlite.", warning));
    }

    [Fact]
    public async Task A_native_program_runs_its_workflows_where_the_runtime_pack_for_it_is_to_be_had()
    {
        var (isRestored, published) = await sample.CompileAsync("native");
        if (!isRestored)
        {
            // Nothing was compiled, and this says why.
            var errors = published.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct().ToList();
            output.WriteLine(string.Join('\n', errors));
            Assert.All(errors, error => Assert.Contains(": error NU1", error));
            Assert.NotEmpty(errors);
            return;
        }

        published.Expect(0);
        Assert.Contains(Completed, (await RunAsync(Path.Combine(sample.OutputOf("native"), "OrderProcessing"), [])).Expect(0).Output.Split('\n'));
    }

    private Task<ChildResult> RunTrimmedAsync(params string[] arguments) => RunAsync(Path.Combine(sample.Trimmed, "OrderProcessing"), arguments);

    private async Task<ChildResult> RunAsync(string program, string[] arguments)
    {
        using var process = ChildProcess.StartProgram(program, _folder.Path, ["--latency", "0", .. arguments]);
        return await process.WaitAsync();
    }
}
