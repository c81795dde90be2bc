namespace Durable.Samples.Tests.Guide;

/// <summary>The workflow of docs/guide/failure.md that brings something to its end although it is canceled.</summary>
public sealed partial class Rental(Gateway gateway)
{
    [Workflow] public partial Task<string> RentAsync(string car);

    [Step] private partial Task DriveAsync(string car);
    [Step] private partial Task<string> ReturnCarAsync(string car);

    private async Task<string> RentAsyncCore(string car, WorkflowContext workflow)
    {
        try
        {
            await DriveAsync(car);
        }
        catch (RunCanceledException)
        {
            await workflow.Shield("give-back", _ => ReturnCarAsync(car));
            throw;
        }

        return await ReturnCarAsync(car);
    }

    private Task DriveAsyncCore(string car, StepContext step) => gateway.HoldAsync("drive", step);

    private string ReturnCarAsyncCore(string car, StepContext step)
    {
        gateway.Call("return", step);
        return $"{car} is back";
    }
}
