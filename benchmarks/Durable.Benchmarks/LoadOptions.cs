using System.CommandLine;

namespace Durable.Benchmarks;

/// <summary>The options that measurements share.</summary>
internal sealed class LoadOptions
{
    public Option<int> Inflight { get; } = new("--inflight") { Description = "How many runs go on at a time.", DefaultValueFactory = _ => 64 };

    public Option<int> Runs { get; } = new("--runs") { Description = "How many runs.", DefaultValueFactory = _ => 2000 };

    public Option<int> Steps { get; } = new("--steps") { Description = "Steps in each run.", DefaultValueFactory = _ => 10 };

    public Option<bool> Json { get; } = new("--json") { Description = "Accepted for scripts: the output is always JSON." };

    /// <summary>The store, one of those named.</summary>
    public static Option<string> Store(params string[] names)
    {
        var option = new Option<string>("--store") { Description = "The store.", DefaultValueFactory = _ => names[0] };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}
