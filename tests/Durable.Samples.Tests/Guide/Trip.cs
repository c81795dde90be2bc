namespace Durable.Samples.Tests.Guide;

/// <summary>The workflow of docs/guide/failure.md that undoes what it did.</summary>
public sealed partial class Trip(Gateway gateway)
{
    [Workflow] public partial Task<string> BookAsync(string city);

    [Step] private partial Task BookFlightAsync(string city);
    [Step] private partial Task CancelFlightAsync(string city);
    [Step] private partial Task BookHotelAsync(string city);
    [Step, Retry(InitialDelay = "10ms")] private partial Task CancelHotelAsync(string city);
    [Step] private partial Task WaitForVisaAsync(string city);

    private async Task<string> BookAsyncCore(string city, WorkflowContext workflow)
    {
        await BookFlightAsync(city);
        workflow.Compensate("flight", _ => CancelFlightAsync(city));
        await BookHotelAsync(city);
        workflow.Compensate("hotel", _ => CancelHotelAsync(city));
        await WaitForVisaAsync(city);
        return $"{city} is booked";
    }

    private void BookFlightAsyncCore(string city, StepContext step) => gateway.Call("flight", step);
    private void CancelFlightAsyncCore(string city, StepContext step) => gateway.Call("cancel-flight", step);
    private void BookHotelAsyncCore(string city, StepContext step) => gateway.Call("hotel", step);
    private void CancelHotelAsyncCore(string city, StepContext step) => gateway.Call("cancel-hotel", step);
    private Task WaitForVisaAsyncCore(string city, StepContext step) => gateway.HoldAsync("visa", step);
}
