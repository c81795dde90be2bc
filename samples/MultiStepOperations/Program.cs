using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MultiStepOperations;

return await CommandLine.RunAsync(args, async (settings, cancellationToken) =>
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // This program speaks for itself.
    builder.Services.AddDurable(durable => durable.UseSqlite(settings.Store).AddWorkflows());

    // What the workflow asks for in its constructor, and what stands in for the world behind it.
    builder.Services
        .AddSingleton<IUserService, OutsideServices>()
        .AddSingleton<IProfileService, OutsideServices>()
        .AddSingleton<Trouble>().AddSingleton<Connection>().AddSingleton<Caller>()
        .AddSingleton(settings).AddSingleton(new Ledger(settings.Ledger));

    using var host = builder.Build();
    var client = host.Services.GetRequiredService<IDurableClient>();
    var ledger = host.Services.GetRequiredService<Ledger>();
    var standings = new List<(Situation Situation, Standing Before)>();
    foreach (var situation in settings.Situations)
        standings.Add((situation, await Standing.LookAsync(situation, client, ledger, cancellationToken)));

    await host.StartAsync(cancellationToken); // From here on, runs that an earlier process left unfinished go on.
    try
    {
        var caller = host.Services.GetRequiredService<Caller>();
        var results = new List<SituationResult>();
        foreach (var (situation, before) in standings)
            results.Add(await caller.RunAsync(situation, before, cancellationToken));

        Console.WriteLine();
        Console.WriteLine(new Table(results));
        Console.WriteLine(Verdict.Of(results));
    }
    finally
    {
        await host.StopAsync(CancellationToken.None);
    }
});
