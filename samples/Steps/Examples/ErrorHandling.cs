using Durable;

namespace Steps;

/// <summary>A step that failed for good throws; the code may catch that, ask for the cause and take another way.</summary>
public static partial class ErrorHandling
{
    [Workflow] public static partial Task<string> ReserveAsync(string article);

    [Step] private static partial Task<string> ReserveInAsync([StepKey] string warehouse, string article);

    private static async Task<string> ReserveAsyncCore(string article)
    {
        try
        {
            return await ReserveInAsync("near", article);
        }
        catch (StepFailedException failure) when (failure.IsCausedBy<OutOfStockException>())
        {
            return $"{await ReserveInAsync("far", article)}; near by: {failure.Error.Message}";
        }
    }

    private static string ReserveInAsyncCore(string warehouse, string article)
    {
        Console.WriteLine($"  asking the {warehouse} warehouse");
        return warehouse == "near" ? throw new OutOfStockException($"No {article} left.") : $"{article} from the {warehouse} warehouse";
    }

    /// <summary>There is nothing to reserve.</summary>
    public sealed class OutOfStockException(string message) : Exception(message);
}
