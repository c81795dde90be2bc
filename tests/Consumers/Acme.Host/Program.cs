using Acme.Host;
using Acme.Notices;
using Acme.Shipping;
using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.Services.AddSingleton<INoticeBoard, Blackboard>();
builder.Services.AddDurable(durable => durable.UseSqlite("acme.db").AddWorkflows());

using var host = builder.Build();
await host.StartAsync();
Console.WriteLine(await host.Services.GetRequiredService<IDurableClient>().RunAsync(ParcelWorkflow.SendCall(args[0]), runId: args[0]));
await host.StopAsync();
