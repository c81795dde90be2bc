using Approval;
using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

return await CommandLine.RunAsync(args, WorkAsync, AtDeskAsync);

// The process that executes runs: one for a SQLite file; a second one stands by.
static async Task WorkAsync(Settings settings, CancellationToken cancellationToken)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // This program speaks for itself.
    builder.Services.AddDurable(durable => durable.UseSqlite(settings.Store).AddWorkflows());
    builder.Services.AddSingleton(settings).AddSingleton<IPayments, PaymentFile>();

    using var host = builder.Build();
    await host.StartAsync(cancellationToken); // From here on, runs that an earlier process left unfinished go on.
    Console.WriteLine($"Working on {settings.Store}. Ctrl+C ends it.");
    await host.WaitForShutdownAsync(cancellationToken);
}

// A process that starts, lists and answers, beside any number of others: a client and no worker.
static async Task AtDeskAsync(Settings settings, Func<RefundDesk, Task> visit)
{
    var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<RefundDesk>();
    services.AddDurableClient(durable => durable.UseSqlite(settings.Store).AddWorkflows());
    await using var provider = services.BuildServiceProvider();
    await visit(provider.GetRequiredService<RefundDesk>());
}
