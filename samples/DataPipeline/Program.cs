using DataPipeline;
using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

return await CommandLine.RunAsync(args, async (settings, cancellationToken) =>
{
    var workplace = new Workplace(settings);
    var regions = workplace.Prepare();
    var events = new EventLog();

    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // This program speaks for itself,
    builder.Logging.AddProvider(new EngineEvents(events)).AddFilter<EngineEvents>(EngineEvents.Category, LogLevel.Debug); // and shows what the engine says of steps.
    builder.Services.AddDurable(durable => durable.UseSqlite(workplace.Store).AddWorkflows());

    // What the workflow asks for in its constructor, and what stands behind it.
    builder.Services
        .AddSingleton<ISalesSource, SalesFolder>()
        .AddSingleton<IReportTarget, ReportFile>()
        .AddSingleton(settings).AddSingleton(workplace).AddSingleton(events);

    using var host = builder.Build();
    var story = ActivatorUtilities.CreateInstance<PipelineStory>(host.Services);

    Console.WriteLine($"A report from {string.Join(", ", regions.Select(region => region + ".csv"))}:");
    await host.StartAsync(cancellationToken); // From here on, a run that an earlier process left unfinished goes on.
    try
    {
        await story.RunAsync(regions, cancellationToken);
    }
    finally
    {
        await host.StopAsync(CancellationToken.None);
    }
});
