using System.CommandLine;
using Durable.Benchmarks;

var root = new RootCommand("Measures Durable. Every measurement is one JSON object on a line of its own.")
{
    CeilingCommand.Create(),
    StoreCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
