using Acme.Shop;
using Durable;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Stock>();
builder.Services.AddDurable(durable => durable.UseSqlite(builder.Configuration["Store"] ?? "shop.db").AddWorkflows());

var app = builder.Build();

// The customer's own order number names the run: a request that is repeated places nothing twice.
app.MapPut("/orders/{number}", async (string number, Order order, IDurableClient client, CancellationToken cancellationToken) =>
{
    try
    {
        return Results.Ok(await client.RunAsync(OrderWorkflow.PlaceCall(order), runId: $"order-{number}", cancellationToken: cancellationToken));
    }
    catch (RunConflictException conflict)
    {
        return Results.Conflict(conflict.Message);
    }
});

await app.RunAsync();
