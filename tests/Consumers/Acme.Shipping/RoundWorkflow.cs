using Acme.Notices;
using Durable;

namespace Acme.Shipping;

/// <summary>Tells of many parcels at once.</summary>
public sealed partial class RoundWorkflow(Notices.Notices notices)
{
    [Workflow] public partial Task<string> TellAsync(Bundle bundle);

    private async Task<string> TellAsyncCore(Bundle bundle)
    {
        var posted = await notices.PostAllAsync(bundle);
        return $"{posted.Count} of {bundle.Count}, {posted[0].Text}";
    }
}
