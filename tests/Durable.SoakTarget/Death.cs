namespace Durable.SoakTarget;

/// <summary>At which line of its ledger a process dies, and how.</summary>
/// <param name="Manner">How.</param>
/// <param name="Line">At which line, from 1; 0 for never.</param>
public readonly record struct Death(Manner Manner, int Line)
{
    /// <summary>Reads <c>Torn:17</c>.</summary>
    public static Death Parse(string text) => new(Enum.Parse<Manner>(text.Split(':')[0]), int.Parse(text.Split(':')[1]));
}

/// <summary>How a process dies.</summary>
public enum Manner
{
    /// <summary>It kills itself with the line half written.</summary>
    Torn,

    /// <summary>It kills itself once the line is written.</summary>
    Whole,

    /// <summary>It prints <c>reached</c> and goes on until somebody kills it.</summary>
    Reached,
}
