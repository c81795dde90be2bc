using System.Text;
using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>What a run's document shows of what it waited for.</summary>
public sealed class ExportTests : WaitingTests
{
    [Fact]
    public void The_result_of_a_child_is_masked_as_its_workflow_masks_it()
    {
        var plain = TestWorkflow.Define("Ship", (_, _) => Task.FromResult("secret"), awaitsOnlyDurableWork: true);
        var child = new WorkflowDefinition<TestWorkflow.Input, string>
        {
            Name = plain.Name,
            Declaration = plain.Declaration,
            CallFactory = plain.CallFactory,
            AwaitsOnlyDurableWork = true,
            Json = plain.Json,
            Body = plain.Body,
            Arguments = plain.Arguments,
            Result = plain.Result.Sensitive,
        };
        var run = Start(Define(async w => (await w.RunChildAsync(child.Call())).Length), child);
        Result(run);
        var document = Export(run);
        Assert.Contains("\"kind\": \"Child\"", document);
        Assert.DoesNotContain("secret", document);
    }

    [Fact]
    public void A_child_names_its_parent_and_what_it_says_of_itself()
    {
        var child = TestWorkflow.Define("Ship", async (w, _) =>
        {
            w.SetStatus("on its way");
            await w.StepAsync("drive", _ => Task.CompletedTask);
            return "";
        }, awaitsOnlyDurableWork: true);
        Result(Start(Define(async w => await w.RunChildAsync(child.Call())), child));
        var document = Export(Simulation.Client(child).GetRun("run/Ship"));
        Assert.Contains("\"parentRunId\": \"run\"", document);
        Assert.Contains("\"statusText\": \"on its way\"", document);
    }

    private string Export(RunHandle run)
    {
        using var document = new MemoryStream();
        Simulation.Run(() => run.ExportAsync(document));
        return Encoding.UTF8.GetString(document.ToArray());
    }
}
