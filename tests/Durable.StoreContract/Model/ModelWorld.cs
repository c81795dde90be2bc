using Durable.Testing;

namespace Durable.Storage.Contract.Model;

/// <summary>
/// One sequence's place in a store: the store under test and the naive one, side by side on one clock. Sequences share a store under test; each has run ids and
/// workflows of its own in it, so that it sees nothing of the others.
/// </summary>
internal sealed class ModelWorld(ModelStore shared, int number)
{
    // Ids that a careless store mixes up: by case, accents, trailing spaces, patterns, quotes.
    private static readonly string[] s_ids = ["a", "A", "a ", "e\u0301", "\u00E9", "%", "'", "\U0001F600"];

    public static int RunIds => s_ids.Length;

    public static int RequestIds => 4;

    /// <summary>What the ids and workflow names of this sequence begin with, and no others.</summary>
    public string Prefix { get; } = $"#{number}:";

    public NaiveStore Model { get; } = new(shared.Clock);

    public ManualClock Clock => shared.Clock;

    public string RunId(int run) => Prefix + s_ids[run];

    public string RequestId(int request) => $"{Prefix}q{s_ids[request]}";

    public string RequestName(int request) => $"{Prefix}ask {request % 2}";

    public WorkflowIdentity Workflow(int workflow) => new($"{Prefix}W{workflow / 2}", 1 + (workflow % 2));

    /// <summary>The run as the model has it, or null before it is created.</summary>
    public RunRecord? Run(int run) => Model.Runs.FirstOrDefault(record => record.RunId == RunId(run));

    /// <summary>Asks both stores the same and returns both answers as text.</summary>
    public async Task<ModelAnswer> AskAsync<T>(Func<IRunStore, ValueTask<T>> verb, Func<T, string> show)
        => new(Readable(await AnswerAsync(Model, verb, show)), Readable(await AnswerAsync(shared.Store, verb, show)));

    public async Task<ModelAnswer> ReopenAsync()
    {
        if (await shared.TryReopenAsync() && !shared.AllowsManyWorkers)
            Model.FreeOrphans();
        return ModelAnswer.Nothing;
    }

    public Task<ModelAnswer> FindAsync(int run) => AskAsync(store => store.FindRunAsync(RunId(run), default), Show.Run);

    public Task<ModelAnswer> ReadAsync(int run) => AskAsync(store => store.ReadCheckpointsAsync(RunId(run), default), Show.Checkpoints);

    public Task<ModelAnswer> CountAsync() => AskAsync(
        store => store.CountRunsAsync(default),
        counts => Show.Counts(counts.Where(count => count.Workflow.Name.StartsWith(Prefix, StringComparison.Ordinal))));

    public Task<ModelAnswer> ListAsync() => new ListOperation { Max = RunIds }.DoAsync(this);

    private static async Task<string> AnswerAsync<T>(IRunStore store, Func<IRunStore, ValueTask<T>> verb, Func<T, string> show)
    {
        try
        {
            return show(await verb(store));
        }
        catch (ArgumentException)
        {
            return "refused";
        }
        catch (RunDamagedException)
        {
            return "damaged";
        }
    }

    private string Readable(string answer) => answer.Replace(Prefix, "", StringComparison.Ordinal);
}
