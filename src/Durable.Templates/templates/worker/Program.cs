using Durable;
using DurableWorker._1;

var builder = Host.CreateApplicationBuilder(args);

// Runs that an earlier process left unfinished go on as soon as the host starts.
builder.Services.AddDurable(durable => durable.UseSqlite("durable.db").AddWorkflows());
builder.Services.AddHostedService<Starter>();

builder.Build().Run();
