namespace Acme.Shop;

/// <summary>The shop's shelf: counts how often something was taken from it.</summary>
public sealed class Stock
{
    private int _taken;

    /// <summary>How often something was taken.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes something.</summary>
    /// <returns>The number of this taking, from 1.</returns>
    public int Take() => Interlocked.Increment(ref _taken);
}
