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
        .AddSingleton<Trouble>().AddSingleton<Connection>()
        .AddSingleton(settings).AddSingleton(new Ledger(settings.Ledger));

    using var host = builder.Build();
    var callers = settings.Situations.Select(situation => ActivatorUtilities.CreateInstance<Caller>(host.Services, situation)).ToArray();
    foreach (var caller in callers)
        await caller.LookAsync(cancellationToken);

    await host.StartAsync(cancellationToken); // From here on, runs that an earlier process left unfinished go on.
    try
    {
        var results = new List<SituationResult>();
        foreach (var caller in callers)
            results.Add(await caller.RunAsync(cancellationToken));

        Console.WriteLine();
        Console.WriteLine(new Table(results));
        Console.WriteLine(Verdict.Of(results));
    }
    finally
    {
        await host.StopAsync(CancellationToken.None);
    }
});
