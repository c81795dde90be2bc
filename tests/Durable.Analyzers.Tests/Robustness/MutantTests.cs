using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Generator and analyzers over texts with one token changed. The full run: <c>DURABLE_ROBUSTNESS=full dotnet test tests/Durable.Analyzers.Tests --filter Robustness</c>.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    // One seed that is repeated alone is asked for everything.
    private static readonly int s_wholeEvery = Effort.IsOne ? 1 : 4;

    [Fact]
    public async Task Every_mutant_that_parses_compiles_or_is_explained()
    {
        var failures = new ConcurrentBag<(int Seed, string Report)>();
        var parsed = 0;
        var benches = new ConcurrentBag<Workbench>();
        await Parallel.ForEachAsync(Effort.Mutants, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var bench = benches.TryTake(out var free) ? free : new Workbench();
            var mutant = Mutant.Of(seed);
            var build = bench.Build(mutant.Text);
            var parses = !build.Tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            if (parses)
                Interlocked.Increment(ref parsed);
            var isWhole = seed % s_wholeEvery == 0;
            var complaint = parses ? await Examination.Explains(build) : isWhole ? await Examination.RunsWhole(build) : await Examination.Runs(build);
            complaint ??= isWhole ? Examination.Repeats(build) : null;
            if (complaint is not null)
                failures.Add((seed, mutant.Report(complaint)));
            benches.Add(bench);
        });
        output.WriteLine($"Mutants from seed {Effort.Mutants.First()} to {Effort.Mutants.Last()}, of which {parsed} parse.");
        Assert.True(failures.IsEmpty, $"{failures.Count} mutants fail.\n" + string.Join("\n", failures.OrderBy(failure => failure.Seed).Take(5).Select(failure => failure.Report)));
    }
}
