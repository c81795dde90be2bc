namespace Durable.Samples.Tests.Guide;

[DurableError]
public sealed class OutOfStockException(string item, int left) : Exception($"{left} of {item} left")
{
    public string Item { get; } = item;

    public int Left { get; } = left;
}

/// <summary>The workflow of docs/guide/failure.md that goes on with the data of a failure.</summary>
public static partial class Reservation
{
    [Workflow] public static partial Task<string> RunAsync(string item, int count);

    [Step] private static partial Task<string> ReserveAsync(string item, int count);

    private static async Task<string> RunAsyncCore(string item, int count)
    {
        try
        {
            return await ReserveAsync(item, count);
        }
        catch (StepFailedException failure) when (failure.InnerException is OutOfStockException { Left: > 0 } stock)
        {
            return await ReserveAsync(stock.Item, stock.Left);
        }
    }

    private static string ReserveAsyncCore(string item, int count) => count > 3 ? throw new OutOfStockException(item, 3) : $"{count} of {item} reserved";
}
