namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Branches whose steps have attempts of every kind, side by side and in scopes within each other; what one of them comes to is caught, and the run is tried again itself.</summary>
public sealed partial class Entangled
{
    [Workflow, Retry(MaxAttempts = 3, InitialDelay = "20s")] public partial Task<string> RunAsync();

    [Step, Retry(MaxAttempts = 3, InitialDelay = "2s", BackoffRate = 1, Jitter = Jitter.None)] private partial Task<string> TryAsync([StepKey] string name);
    [Step, Retry(MaxAttempts = 2, InitialDelay = "5m")] private partial Task<string> LaterAsync([StepKey] string name);
    [Step(Mode = StepMode.AtMostOncePerAttempt), Retry(MaxAttempts = 100, InitialDelay = "1s", MaxDelay = "1s")] private partial Task<string> EachAsync();
    [Step(Mode = StepMode.AtMostOnce)] private partial Task<string> OnceAsync([StepKey] string name);
    [Step(OnFailure = StepFailure.Terminal)] private partial Task<string> RefuseAsync();
    [Step] private partial Task<string> ShipAsync([NotFingerprinted] int runAttempt);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var branches = await Task.WhenAll(
            workflow.ScopeAsync("left", async left => $"{await TryAsync("a")} {string.Join(' ', await Task.WhenAll(left.ScopeAsync("inner", _ => LaterAsync("b")), OnceOrNeverAsync("c")))}"),
            workflow.ScopeAsync("right", async right => $"{await EachAsync()} {await right.ScopeAsync("inner", _ => TryAsync("d"))} {await RefusedAsync()}"),
            LaterAsync("e"));
        return $"{string.Join(' ', branches)} {await ShipAsync(workflow.Attempt)}";
    }

    private async Task<string> OnceOrNeverAsync(string name)
    {
        try
        {
            return await OnceAsync(name);
        }
        catch (StepInterruptedException interruption)
        {
            return $"{interruption.StepId} after {interruption.Attempts}";
        }
    }

    private async Task<string> RefusedAsync()
    {
        try
        {
            return await RefuseAsync();
        }
        catch (StepFailedException failure)
        {
            return failure.Error.Message;
        }
    }

    private static string TryAsyncCore(string name, StepContext step) => step.Attempt < 3 ? throw new IOException(name) : name;

    private static string LaterAsyncCore(string name, StepContext step) => step.Attempt < 2 ? throw new IOException(name) : name;

    private static string EachAsyncCore() => "each";

    private static string OnceAsyncCore(string name) => name;

    private static string RefuseAsyncCore() => throw new IOException("refused");

    private static string ShipAsyncCore(int runAttempt) => runAttempt < 2 ? throw new IOException("ship") : "shipped";
}
