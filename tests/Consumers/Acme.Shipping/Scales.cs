using Durable;

namespace Acme.Shipping;

/// <summary>Internal to Shipping; Billing is a friend.</summary>
internal sealed partial class Scales
{
    [Step] internal partial Task<int> WeighAsync([StepKey] string parcel);

    private int WeighAsyncCore(string parcel) => parcel.Length;
}
