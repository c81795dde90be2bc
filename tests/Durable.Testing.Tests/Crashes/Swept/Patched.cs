namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Code that asks whether it was patched, in a world where every crash brings another build: each body that runs is followed by a deployment.</summary>
public sealed partial class Patched(Ledger ledger)
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<string> OldAsync([StepKey] string name);
    [Step] private partial Task<string> NewAsync([StepKey] string name);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var first = workflow.Patched("first") ? await NewAsync("first") : await OldAsync("first");
        var second = workflow.Patched("second") ? await NewAsync("second") : await OldAsync("second");
        return $"{first}, {second}";
    }

    private string OldAsyncCore(string name) => Deploy($"old {name}");

    private string NewAsyncCore(string name) => Deploy($"new {name}");

    private string Deploy(string done)
    {
        ledger.Deployed++;
        return done;
    }
}
