using Durable;

namespace Acme.Ledger;

/// <summary>What periods can do besides, in a class that holds a step too.</summary>
public static partial class Periods
{
    extension(Period period)
    {
        /// <summary>A period without a name.</summary>
        public static Period Unnamed => new() { Name = "" };

        /// <summary>What it is called.</summary>
        public string Title => period.Name.Length == 0 ? "the period" : period.Name;
    }

    /// <summary>Counts a closing.</summary>
    /// <param name="period">What is closed; nothing, if there is nothing.</param>
    [Step(nameof(List<>))]
    public static partial Task<Period?> CountAsync(Period? period);

    private static Period? CountAsyncCore(Period? period)
    {
        period?.Closings += 1;
        return period;
    }
}
