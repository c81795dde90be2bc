namespace Acme.Ledger;

public sealed partial class SumWorkflow
{
    private int _additions;

    /// <summary>How often something was added.</summary>
    public partial int Additions
    {
        get => _additions;
        private set => _additions = value;
    }
}
