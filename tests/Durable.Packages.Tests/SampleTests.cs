using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Packages.Tests;

[Collection(PackageCollection.Name)]
public sealed class SampleTests(PackagedSamples samples) : IClassFixture<PackagedSamples>, IDisposable
{
    // How to start a sample, and the line that shows that its workflows completed.
    private static readonly Dictionary<string, (string[] Arguments, string Line)> s_ends = new()
    {
        ["OrderProcessing"] = (["--latency", "0"], "  Completed  120 (0 before, 120 now)"),
        ["MultiStepOperations"] = ([], "As promised: no step ran again once it was recorded, and each user and profile was created once."),
        ["DataPipeline"] = ([], "The report is in artifacts/data-pipeline/report.csv. Revenue: 2849.85."),
        ["EncryptedPayloads"] = ([], "  referral-2  Completed    Dr. Cordelia Winter, 12 May, 9:30, as an emergency"),
        ["Reminders"] = (["--fast"], "grace  was reminded"),
        ["Steps"] = (["all"], "  Result: answered in attempt 6"),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(PackagedSamples.OfOneProcess), MemberType = typeof(PackagedSamples))]
    public async Task A_sample_made_of_packages_runs_its_workflows_to_the_end(string name)
    {
        var (arguments, line) = s_ends[name];

        var result = (await ChildProcess.RunAsync(Path.Combine(samples.OutputOf(name), name + ".dll"), _folder.Path, arguments)).Expect(0);

        Assert.Contains(line, result.Output.Split('\n'));
    }

    [Fact]
    public async Task A_sample_made_of_packages_works_in_one_process_what_another_one_started()
    {
        var program = Path.Combine(samples.OutputOf("Approval"), "Approval.dll");
        using var worker = ChildProcess.Start(program, _folder.Path, "worker");
        await worker.WaitForLineWithAsync("Working on");
        (await ChildProcess.RunAsync(program, _folder.Path, "start", "order-6", "40")).Expect(0);

        var result = (await ChildProcess.RunAsync(program, _folder.Path, "show", "order-6")).Expect(0);

        Assert.Equal("order-6: paid: within the limit", result.Output);
    }

    [Fact]
    public async Task A_sample_made_of_packages_goes_on_after_a_crash()
    {
        var program = Path.Combine(samples.OutputOf("OrderProcessing"), "OrderProcessing.dll");
        (await ChildProcess.RunAsync(program, _folder.Path, "--latency", "0", "--crash-after", "ChargeCustomer")).Expect(ChildResult.Killed);

        var result = (await ChildProcess.RunAsync(program, _folder.Path, "--latency", "0")).Expect(0);

        Assert.Contains("  Charged    120 of 120 once, says the ledger (0 calls repeated with the same token)", result.Output.Split('\n'));
    }

    [Theory]
    [MemberData(nameof(PackagedSamples.Names), MemberType = typeof(PackagedSamples))]
    public void The_output_holds_nothing_of_the_compiler_and_nothing_for_tests(string name)
    {
        var durable = Directory.GetFiles(samples.OutputOf(name), "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).ToList();

        Assert.Equal(["Durable.Runtime.dll", "Durable.Sqlite.dll"], durable.Where(file => file.StartsWith("Durable.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(durable, file => file.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || file.StartsWith("xunit", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(PackagedSamples.Names), MemberType = typeof(PackagedSamples))]
    public void A_copy_references_no_project(string name)
        => Assert.DoesNotContain("\"type\": \"project\"", File.ReadAllText(Path.Combine(samples.FolderOf(name), "obj", "project.assets.json")));
}
