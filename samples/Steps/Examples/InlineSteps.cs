using Durable;

namespace Steps;

/// <summary>Steps without a declaration, for what is known only at run time.</summary>
public static partial class InlineSteps
{
    [Workflow] public static partial Task<string> VisitAsync(IReadOnlyList<string> cities);

    private static async Task<string> VisitAsyncCore(IReadOnlyList<string> cities, WorkflowContext workflow)
    {
        var guide = await workflow.StepAsync("hire-guide", _ => Task.FromResult("Ada"));
        var seen = new List<string>();
        foreach (var city in cities)
            seen.Add(await workflow.StepAsync("visit", key: city, cancellationToken => SeeAsync(city, cancellationToken)));
        return $"{guide} showed us {string.Join(" and ", seen)}";
    }

    private static Task<string> SeeAsync(string city, CancellationToken cancellationToken)
    {
        Console.WriteLine($"  seeing {city}");
        return Task.FromResult($"the old town of {city}");
    }
}
