namespace Durable.Benchmarks;

/// <summary>A client and a worker on a store of its own.</summary>
internal static class BenchmarkHost
{
    public static Task<DurableHost> StartAsync(string store, Scratch scratch, int inflight, params IPayloadCodec[] codecs) => DurableHost.StartAsync(durable =>
    {
        if (store == "memory")
            durable.UseInMemory();
        else
            durable.UseSqlite(Path.Combine(scratch.Path, "runs.db"));
        foreach (var codec in codecs)
            durable.UsePayloadCodec(codec);
        durable.AddWorkflows().Configure(options => options.MaxConcurrentRuns = inflight);
    });
}
