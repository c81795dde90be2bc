using Durable;
using DurableWeb._1;

var builder = WebApplication.CreateBuilder(args);

// Runs that an earlier process left unfinished go on as soon as the application starts.
builder.Services.AddDurable(durable => durable.UseSqlite("durable.db").AddWorkflows());

var app = builder.Build();

// The run id makes the request idempotent: repeated, it returns the stored result.
app.MapPut("/greetings/{name}", (string name, IDurableClient client, CancellationToken cancellationToken) =>
    client.RunAsync(GreetingWorkflow.GreetCall(name), runId: $"greet-{name}", cancellationToken: cancellationToken));

app.Run();
