using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Generator and analyzers over texts with one token changed.</summary>
[Collection(nameof(Effort))]
public sealed class MutantTests(ITestOutputHelper output)
{
    // Of those that do not parse, not each needs rules about the whole compilation; of all, not each needs generators that start anew. One seed that is repeated alone is asked for everything.
    private static readonly int s_wholeEvery = Effort.IsOne ? 1 : 4;

    [Fact]
    public async Task Every_mutant_that_parses_compiles_or_is_explained()
    {
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentBag<(int Seed, string Report)>();
        var verdicts = new ConcurrentBag<Verdict>();
        var benches = new ConcurrentBag<Workbench>();
        await Parallel.ForEachAsync(Effort.Mutants, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
        {
            var bench = benches.TryTake(out var free) ? free : new Workbench();
            var mutant = Mutant.Of(seed);
            if (await Complaint(bench.Build(mutant.Text), seed % s_wholeEvery == 0, verdicts) is { } complaint)
                failures.Add((seed, mutant.Report(complaint)));
            benches.Add(bench);
        });
        output.WriteLine($"{Effort.Mutants.Count} mutants, seeds {Effort.Mutants[0]} to {Effort.Mutants[^1]}, in {watch.Elapsed:h\\:mm\\:ss}. {verdicts.Count} parse: {verdicts.Count(verdict => verdict.Compiles)} of them compile, "
            + $"{verdicts.Count(verdict => verdict is { Compiles: false, IsReported: true })} do not and have a DUR diagnostic, {verdicts.Count(verdict => verdict is { Compiles: false, IsReported: false })} have errors of the user's own alone.");
        Assert.True(failures.IsEmpty, $"{failures.Count} mutants fail.\n" + string.Join("\n", failures.OrderBy(failure => failure.Seed).Take(5).Select(failure => failure.Report)));
    }

    private static async Task<string?> Complaint(Build build, bool isWhole, ConcurrentBag<Verdict> verdicts)
    {
        var again = isWhole ? Examination.Repeats(build) : null;
        if (build.Tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return (isWhole ? await Examination.RunsWhole(build) : await Examination.Runs(build)) ?? again;
        var verdict = await Examination.Explains(build);
        verdicts.Add(verdict);
        return verdict.Complaint ?? again;
    }
}
