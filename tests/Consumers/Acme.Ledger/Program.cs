using Acme.Ledger;
using Durable;
using Microsoft.Extensions.DependencyInjection;

await using var durable = await DurableHost.StartAsync(durable =>
{
    durable.Services.AddSingleton(new FirstNumber(7));
    durable.UseInMemory().AddWorkflows();
});
foreach (var call in Book.Calls)
    Console.WriteLine(await durable.Client.RunAsync(call));
