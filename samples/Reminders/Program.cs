using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reminders;

return await CommandLine.RunAsync(args, WorkAsync, ConfirmAsync);

// The worker, and those who sign up.
static async Task WorkAsync(Settings settings, CancellationToken cancellationToken)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // This program speaks for itself.
    var clock = Clock.Of(settings);
    builder.Services.AddSingleton(clock); // The engine goes by the TimeProvider that it finds here.
    builder.Services.AddDurable(durable => durable.UseSqlite(settings.Store).AddWorkflows().Configure(options => Clock.Fit(options, clock)));
    builder.Services.AddSingleton(settings).AddSingleton<IMailer, MailFile>().AddSingleton<SignUps>();

    using var host = builder.Build();
    await host.StartAsync(cancellationToken); // From here on, runs that an earlier process left go on when their time comes.
    try
    {
        await host.Services.GetRequiredService<SignUps>().RunAsync(cancellationToken);
    }
    finally
    {
        await host.StopAsync(CancellationToken.None);
    }
}

// Another process, which has a client and no worker.
static async Task ConfirmAsync(Settings settings, string user, CancellationToken cancellationToken)
{
    if (!File.Exists(settings.Store))
        throw new UsageException($"There is no store '{settings.Store}'. Start the program without a command first.");
    var services = new ServiceCollection().AddSingleton(Clock.Of(settings));
    services.AddDurableClient(durable => durable.UseSqlite(settings.Store).AddWorkflows());
    await using var provider = services.BuildServiceProvider();
    await SignUps.ConfirmAsync(provider.GetRequiredService<IDurableClient>(), user, "desk", cancellationToken);
    Console.WriteLine($"Confirmed for {user}.");
}
