using Acme.Shipping;
using Durable;

namespace Acme.Billing;

/// <summary>Prices a parcel by its weight.</summary>
internal sealed partial class InvoiceWorkflow(Scales scales)
{
    [Workflow] internal partial Task<decimal> PriceAsync(string parcel, decimal perUnit);

    private async Task<decimal> PriceAsyncCore(string parcel, decimal perUnit) => await scales.WeighAsync(parcel) * perUnit;
}
