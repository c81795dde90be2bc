using Durable;

namespace Steps;

/// <summary>A step runs, its result is stored, and from then on it is that result.</summary>
public static partial class FirstStep
{
    [Workflow] public static partial Task<int> AddAsync(int a, int b);

    [Step] private static partial Task<int> AddNumbersAsync(int a, int b);

    private static async Task<int> AddAsyncCore(int a, int b) => await AddNumbersAsync(a, b);

    private static int AddNumbersAsyncCore(int a, int b)
    {
        Console.WriteLine($"  AddNumbers adds {a} and {b}");
        return a + b;
    }
}
