using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderProcessing;

SQLitePCL.Batteries_V2.Init(); // Microsoft.Data.Sqlite would look for the native bundle by reflection, which finds nothing in a trimmed program.

return await CommandLine.RunAsync(args, async (settings, cancellationToken) =>
{
    var orders = OrderFile.Read(settings.Orders);
    if (settings.RefusedOrder is { } refused && orders.All(order => order.Id != refused))
        throw new UsageException($"There is no order '{refused}' that the archive could refuse.");
    var batch = new Batch(orders);
    var ledger = new Ledger(settings.Ledger);
    var crash = new CrashPlan(settings.CrashPoint, settings.CrashStep)
    {
        Runs = settings.Batch ? [settings.AtOnce is null ? Batch.RunId : Batch.RunIdTogether] : [.. orders.Select(OrderByOrder.RunId)],
        Orders = settings.Batch ? batch.Orders.Count : settings.CrashStep != StepNames.RefundCustomer ? orders.Count : settings.RefusedOrder is null ? 0 : 1,
    };

    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // This program speaks for itself.
    builder.Services.AddDurable(durable =>
    {
        durable.UseSqlite(settings.Store).AddWorkflows();
        if (settings.CrashPoint != CrashPoint.Never)
            durable.DecorateStore((_, store) => new CrashingStore(store, crash));
    });

    // What the workflows ask for in their constructors, and what stands in for the world behind it.
    builder.Services
        .AddSingleton<IPayments, OutsideServices>()
        .AddSingleton<IMailer, OutsideServices>()
        .AddSingleton<IOrderArchive, OutsideServices>()
        .AddSingleton<ICarrier, OutsideServices>()
        .AddSingleton(settings).AddSingleton(batch).AddSingleton(new Progress(batch.Orders.Count)).AddSingleton(ledger).AddSingleton(crash).AddSingleton(new Chaos(settings.Chaos));

    using var host = builder.Build();
    var client = host.Services.GetRequiredService<IDurableClient>();
    IStory story = settings.Batch ? new BatchStory(client, batch, ledger, settings.AtOnce) : new OrderByOrder(client, orders, ledger);

    if (settings.Chaos is { } seed)
        Console.WriteLine($"The payment gateway is chaotic. To repeat this exactly, on files of its own: --chaos {seed}");
    await host.StartAsync(cancellationToken); // From here on, runs that an earlier process left unfinished go on.
    try
    {
        await story.RunAsync(cancellationToken);
    }
    finally
    {
        await host.StopAsync(CancellationToken.None);
    }
});
