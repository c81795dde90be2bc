namespace Durable.Samples.Tests.Guide.Waiting;

/// <summary>The workflow of docs/guide/waiting.md with children.</summary>
public sealed partial class Delivery(Gateway gateway)
{
    [Workflow] public partial Task<string> DeliverAsync(IReadOnlyList<string> parcels);
    [Workflow] public partial Task<string> ShipAsync(string parcel);
    [Workflow] public partial Task SurveyAsync(string parcel);

    [Step] private partial Task<string> HandOverAsync(string parcel);
    [Step] private partial Task AskCustomerAsync(string parcel);

    private async Task<string> DeliverAsyncCore(IReadOnlyList<string> parcels, WorkflowContext workflow)
    {
        // A method call: a child run, whose id is made of this run's and of the call.
        var first = await ShipAsync(parcels[0]);

        // The same with options: a key in the id, a time limit, and what becomes of it when this run ends first.
        string second;
        try
        {
            second = await workflow.RunChildAsync(ShipCall(parcels[1]), new ChildOptions { Key = parcels[1], Timeout = TimeSpan.FromDays(2) });
        }
        catch (ChildWorkflowFailedException failure) when (failure.IsCausedBy<CarrierException>())
        {
            second = $"{parcels[1]} is lost";
        }

        // Started and left to itself.
        await workflow.StartChildAsync(SurveyCall(parcels[0]), new ChildOptions { ClosePolicy = ParentClosePolicy.Abandon });
        return $"{first}, {second}";
    }

    private async Task<string> ShipAsyncCore(string parcel) => await HandOverAsync(parcel);
    private async Task SurveyAsyncCore(string parcel) => await AskCustomerAsync(parcel);

    private string HandOverAsyncCore(string parcel, StepContext step)
    {
        gateway.Call(parcel, step);
        return $"{parcel} is shipped";
    }

    private void AskCustomerAsyncCore(string parcel, StepContext step) => gateway.Call("ask", step);
}

/// <summary>The parcel is gone.</summary>
public sealed class CarrierException(string message) : Exception(message);
