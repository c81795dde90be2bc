using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Durable.Storage.Contract.Model;

/// <summary>Runs random sequences on stores of a factory and on the model, and compares every answer, and at the end of each sequence everything that is visible.</summary>
internal sealed class ModelCheck(StoreFactory factory)
{
    // Counting looks at the whole store: few enough sequences share one that this stays cheap, and opening one costs little per sequence.
    private const int SequencesPerStore = 50;

    private ModelStore? _shared;
    private int _number;
    private bool _isSpoiled;
    private bool _failed;

    /// <summary>The first sequence that fails, made as short as it gets; null when none does.</summary>
    /// <param name="sequences">How many to run. With a seed that carries a size, the one sequence of that seed runs.</param>
    /// <param name="seed">Where to start.</param>
    public async Task<ModelFailure?> RunAsync(int sequences, ModelSeed seed)
    {
        var verdict = new ModelVerdict();
        var size = seed.Size is { } given ? FSharpOption<int>.Some(given) : FSharpOption<int>.None;
        var config = Config.Quick
            .WithRunner(verdict)
            .WithMaxTest(seed.Size is null ? sequences : 1)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed.Seed, seed.Gamma), size)));
        try
        {
            // FsCheck waits for its properties: on a thread of its own, not on the test's.
            await Task.Run(() => Check.One(config, Prop.ForAll(ModelSequences.Arbitrary, async sequence => await IsKeptAsync(sequence))));
        }
        finally
        {
            if (_shared is not null)
                await _shared.DisposeAsync();
        }

        return verdict.Failing is { } shortest
            ? new ModelFailure(shortest, await DescribeAsync(shortest), verdict.Seed)
            : null;
    }

    private async Task<bool> IsKeptAsync(ModelOperation[] sequence)
    {
        var purges = sequence.Any(operation => operation is PurgeOperation);
        var kept = await RunAsync(sequence, await NextStoreAsync(isAlone: purges), line: _ => { });
        _isSpoiled = purges || !kept;
        _failed |= !kept;
        return kept;
    }

    private async Task<ModelStore> NextStoreAsync(bool isAlone)
    {
        // Once something failed, each shortened sequence gets a store that no other has touched.
        if (_shared is null || isAlone || _isSpoiled || _failed || _number % SequencesPerStore == 0)
        {
            if (_shared is not null)
                await _shared.DisposeAsync();
            _shared = await ModelStore.OpenAsync(factory);
        }

        return _shared;
    }

    private async Task<string> DescribeAsync(ModelOperation[] sequence)
    {
        var text = new StringBuilder();
        await using var store = await ModelStore.OpenAsync(factory);
        if (await RunAsync(sequence, store, line => text.AppendLine(line)))
            text.AppendLine("    (in an empty store this sequence passes: it fails beside the others of its seed)");
        return text.ToString();
    }

    private async Task<bool> RunAsync(ModelOperation[] sequence, ModelStore store, Action<string> line)
    {
        var world = new ModelWorld(store, ++_number);
        for (var index = 0; index < sequence.Length; index++)
        {
            line($"{index + 1,4}. {sequence[index]}");
            if (!IsSame(await AnswerAsync(() => sequence[index].DoAsync(world)), line))
                return false;
        }

        line("      at the end");
        for (var run = 0; run < ModelWorld.RunIds; run++)
        {
            ModelOperation[] looks = [new FindOperation(run), new ReadOperation(run), new InboxOperation(run, 0), new OutputOperation(run, 0, 0, 100), new OutputOperation(run, 1, 0, 100)];
            foreach (var look in looks)
            {
                if (!IsSame(await AnswerAsync(() => look.DoAsync(world)), line))
                    return false;
            }
        }

        for (var request = 0; request < ModelWorld.RequestIds; request++)
        {
            if (!IsSame(await AnswerAsync(() => new FindRequestOperation(request).DoAsync(world)), line))
                return false;
        }

        return IsSame(await AnswerAsync(world.CountAsync), line) && IsSame(await AnswerAsync(world.ListAsync), line);
    }

    private static async Task<ModelAnswer> AnswerAsync(Func<Task<ModelAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception)
        {
            return new("an answer", $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static bool IsSame(ModelAnswer answer, Action<string> line)
    {
        if (answer.Expected == answer.Actual)
            return true;
        line($"      expected: {answer.Expected}");
        line($"      actual:   {answer.Actual}");
        return false;
    }
}
