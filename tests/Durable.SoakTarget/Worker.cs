namespace Durable.SoakTarget;

/// <summary>A process that works the runs, or stands by.</summary>
public static class Worker
{
    public static async Task RunAsync(Workplace place)
    {
        await using var host = await DurableHost.StartAsync(place.Configure);
        await new TaskCompletionSource().Task; // Until it is killed.
    }
}
