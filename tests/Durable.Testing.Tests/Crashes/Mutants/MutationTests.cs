using System.Text;
using Durable.TestKit;
using Xunit.Abstractions;

namespace Durable.Testing.Tests.Crashes.Mutants;

public sealed class MutationTests(ITestOutputHelper output)
{
    [Fact]
    public void Each_mistake_in_the_engine_is_noticed_and_each_write_that_is_left_out_by_the_crash_sweep()
    {
        var compiler = new EngineCompiler();
        Assert.Null(Check(compiler, null));
        var noticed = new string?[Mutations.All.Count];
        Parallel.For(0, noticed.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => noticed[i] = Check(compiler, Mutations.All[i]));

        var table = new StringBuilder();
        foreach (var (mutation, by) in Mutations.All.Zip(noticed))
        {
            // Who notices is the table; what a broken engine does then may differ from one time to the next.
            table.Append(mutation.Name).Append("\n    ").Append(by?.Split(": ")[0] ?? "NOBODY").Append('\n');
            output.WriteLine($"{mutation.Name}\n    {by}");
        }

        Snapshot.Matches(table.ToString(), extension: "txt");
        Assert.All(Mutations.All.Zip(noticed), pair => Assert.StartsWith(pair.First.IsDeletedWrite ? "crash sweep of " : "", pair.Second));
    }

    [Fact]
    public void Each_mutation_finds_its_text_once()
        => Assert.All(Mutations.All, mutation => mutation.Apply(Repository.Read($"{EngineCompiler.Folder}/{mutation.File}")));

    [Fact]
    public void A_mutation_whose_text_is_gone_says_that_it_has_to_be_updated()
    {
        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new Mutation("stale", "Execution/RunOutbox.cs", "no such text", "").Apply("source"));

        Assert.Contains("give the mutation its new text, in Mutations.cs", failure.Message);
    }

    private static string? Check(EngineCompiler compiler, Mutation? mutation)
    {
        var context = new MutantContext(compiler.Compile(mutation));
        try
        {
            return context.Check();
        }
        finally
        {
            context.Unload();
        }
    }
}
