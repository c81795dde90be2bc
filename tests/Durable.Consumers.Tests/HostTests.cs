using System.Reflection;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Consumers.Tests;

public sealed class HostTests : IDisposable
{
    private static readonly string s_program = typeof(HostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(constant => constant.Key == "Acme.Host").Value!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_without_workflows_runs_those_of_a_library()
    {
        var result = (await ChildProcess.RunAsync(s_program, _folder.Path, "box")).Expect(0);

        Assert.Equal("box: sent as T-box\nT-box, notice 1", result.Output);
    }

    [Fact]
    public async Task A_second_process_gets_the_result_and_runs_no_step_again()
    {
        (await ChildProcess.RunAsync(s_program, _folder.Path, "box")).Expect(0);

        var again = (await ChildProcess.RunAsync(s_program, _folder.Path, "box")).Expect(0);

        Assert.Equal("T-box, notice 1", again.Output);
    }
}
