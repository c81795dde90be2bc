using System.Text.Json;

namespace OrderProcessing;

/// <summary>Reads a JSON list of orders and says what is wrong with it.</summary>
public static class OrderFile
{
    /// <summary>Longer ids would not leave room for the prefix of a run id.</summary>
    private const int MaxIdLength = 100;

    /// <exception cref="UsageException">There is no such file, or it does not hold orders with distinct ids.</exception>
    public static IReadOnlyList<Order> Read(string path)
    {
        var orders = Parse(path);
        if (orders.Count == 0)
            throw new UsageException($"The orders file '{path}' holds no orders.");
        if (orders.Any(order => string.IsNullOrWhiteSpace(order?.Id) || order.Id.Length > MaxIdLength))
            throw new UsageException($"The orders file '{path}' holds an order whose id is not 1 to {MaxIdLength} characters long.");
        if (orders.GroupBy(order => order.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"The orders file '{path}' holds order '{twice.Key}' {twice.Count()} times. Each order needs an id of its own.");
        return orders;
    }

    private static List<Order> Parse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, FileJson.Default.ListOrder) ?? [];
        }
        catch (JsonException exception)
        {
            throw new UsageException($"The orders file '{path}' is not a JSON list of orders: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The orders file cannot be read: {exception.Message}");
        }
    }
}
