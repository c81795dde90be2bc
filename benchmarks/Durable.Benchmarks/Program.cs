using System.CommandLine;
using Durable.Benchmarks;

var root = new RootCommand("Measures Durable. Every measurement is one JSON object on a line of its own.")
{
    CeilingCommand.Create(),
    StoreCommand.Create(),
    ListCommand.Create(),
    ThroughputCommand.Create(),
    LatencyCommand.Create(),
    CodecsCommand.Create(),
    ReplayCommand.Create(),
    MapCommand.Create(),
    SleepersCommand.Create(),
    CrashesCommand.Create(),
    GeneratorCommand.Create(),
    SerializersCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
