using Durable;

namespace Acme.Shipping;

/// <summary>Sends a parcel and tells of it.</summary>
public sealed partial class ParcelWorkflow(Notices.Notices notices)
{
    [Workflow] public partial Task<string> SendAsync(string parcel);

    [Step] private partial Task<string> HandOverAsync([StepKey] string parcel);

    private async Task<string> SendAsyncCore(string parcel)
    {
        var tracking = await HandOverAsync(parcel);
        var number = await notices.PostAsync(parcel, $"sent as {tracking}");
        return $"{tracking}, notice {number}";
    }

    private string HandOverAsyncCore(string parcel) => $"T-{parcel}";
}
