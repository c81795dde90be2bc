namespace Acme.Ledger;

public sealed partial class CloseWorkflow
{
    private Action<string>? _closed;

    private int Number { get => field + 1; init; }

    public partial CloseWorkflow(FirstNumber first) => Number = first.Value;

    public partial event Action<string>? Closed
    {
        add => _closed += value;
        remove => _closed -= value;
    }
}
