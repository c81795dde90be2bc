using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Generator and analyzers while every text of samples and tests is typed, from its first character on.</summary>
public sealed class PrefixTests(ITestOutputHelper output)
{
    private const int Tenth = 5_000;

    // A prefix differs little from the one before: not each needs generators that start anew, and rules about the whole compilation.
    private const int WholeEvery = 10;

    [Fact]
    public async Task Every_prefix_is_read_by_all_and_gives_the_same_output_however_it_was_typed()
    {
        var failures = new ConcurrentBag<string>();
        var typed = 0;
        var benches = new ConcurrentBag<Workbench>();
        await Parallel.ForEachAsync(Chosen(), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (chosen, _) =>
        {
            var bench = benches.TryTake(out var free) ? free : new Workbench();
            foreach (var length in chosen.Lengths)
            {
                var build = bench.Build(chosen.Source.Text[..length]);
                var isWhole = Interlocked.Increment(ref typed) % WholeEvery == 0;
                var complaint = isWhole ? await Examination.RunsWhole(build) ?? Examination.Repeats(build) : await Examination.Runs(build);
                if (complaint is not null)
                    failures.Add($"The first {length} characters of {chosen.Source.Name}: {complaint}");
            }

            benches.Add(bench);
        });
        output.WriteLine($"{typed} prefixes of {Corpus.All.Count} texts.");
        Assert.True(typed >= (Effort.IsFull ? 10 * Tenth : Tenth));
        Assert.True(failures.IsEmpty, $"{failures.Count} prefixes fail.\n" + string.Join("\n", failures.Take(5)));
    }

    /// <summary>All prefixes, or a seeded tenth of as many as there have to be: each text gets a share by its length, and the order of typing stays.</summary>
    private static IEnumerable<(Source Source, IReadOnlyList<int> Lengths)> Chosen()
    {
        var random = new Random(1);
        var sources = Effort.IsFull ? Corpus.All : Corpus.Small;
        var share = (double)Tenth / sources.Sum(source => source.Text.Length);
        foreach (var source in sources)
        {
            var count = Effort.IsFull ? source.Text.Length : (int)Math.Ceiling(source.Text.Length * share);
            yield return (source, count >= source.Text.Length ? [.. Enumerable.Range(1, source.Text.Length)] : [.. Enumerable.Range(0, count).Select(_ => random.Next(1, source.Text.Length + 1)).Order()]);
        }
    }
}
