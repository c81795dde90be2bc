using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Generator and analyzers while every text of samples and tests is typed, from its first character on.</summary>
[Collection(nameof(Effort))]
public sealed class PrefixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_prefix_is_read_by_all_and_gives_the_same_output_however_it_was_typed()
    {
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentBag<string>();
        var (typed, whole, idle) = (0, 0, 0);
        var chosen = Typing.Chosen().ToList();
        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (typing, _) =>
        {
            await foreach (var complaint in typing.Complaints())
                failures.Add(complaint);
            Interlocked.Add(ref typed, typing.Count);
            Interlocked.Add(ref whole, typing.Whole);
            Interlocked.Add(ref idle, typing.Idle);
        });
        output.WriteLine($"{typed} prefixes of {chosen.DistinctBy(typing => typing.Source).Count()} texts, of {Corpus.All.Count}, in {watch.Elapsed:h\\:mm\\:ss}: {whole} compiled whole and generated anew, {idle} in which only blanks or a comment grew.");
        Assert.True(typed >= (Effort.Part is { } part ? Typing.Required / part.Of : Typing.Tenth));
        Assert.True(failures.IsEmpty, $"{failures.Count} prefixes fail.\n" + string.Join("\n", failures.Take(5)));
    }
}
