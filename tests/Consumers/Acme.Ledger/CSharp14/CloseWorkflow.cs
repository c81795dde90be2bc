using Durable;

namespace Acme.Ledger;

/// <summary>Closes a period, with what C# 14 brought.</summary>
public sealed partial class CloseWorkflow
{
    /// <summary>A workflow with a constructor in two halves, like its methods.</summary>
    /// <param name="first">Where to begin.</param>
    public partial CloseWorkflow(FirstNumber first);

    /// <summary>Something was closed.</summary>
    public partial event Action<string>? Closed;

    /// <summary>Closes a period.</summary>
    /// <param name="period">What to close.</param>
    [Workflow]
    public partial Task<string> CloseAsync(Period period);

    [Step] private partial Task<int> SealAsync([StepKey] string title, int[] numbers);

    private async Task<string> CloseAsyncCore(Period period)
    {
        var closed = await Periods.CountAsync(period);
        var nothing = await Periods.CountAsync(null);
        nothing?.Closings = 3;
        return $"{period.Title} {closed?.Closings} {await SealAsync(period.Title, [1, 2])}";
    }

    private int SealAsyncCore(string title, int[] numbers)
    {
        Closed += static _ => { };
        // Spans of arrays are taken without a conversion.
        return Number + numbers.Length + (numbers.Contains(3) ? 1 : 0);
    }
}
