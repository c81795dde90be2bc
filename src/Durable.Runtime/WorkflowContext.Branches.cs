using Durable.Execution.Branches;

namespace Durable;

// Branches over a list: each is a scope of its own, and what one is to make of their failures is said beforehand.
public abstract partial class WorkflowContext
{
    /// <summary>
    /// Runs a branch for each item, each in a scope of its own, all at once or as many at a time as the options say, and returns what became of them, in input order.
    /// It fails with the first branch that does; options tolerate failures, or end it when enough have succeeded.
    /// </summary>
    /// <remarks>
    /// It is workflow code like any other: nothing of it is stored but the steps of its branches. Branches under way when it ends early are abandoned, see <see cref="BranchStatus.Abandoned"/>:
    /// where what such a branch did must be undone, register it (<see cref="Compensate"/>) before the step that does it, or call that in a <c>Shield</c>.
    /// A cancellation of the run is no failure of a branch: no further branch begins, those under way end, and it throws <see cref="RunCanceledException"/>.
    /// </remarks>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <typeparam name="TResult">What a branch returns. It is not stored, and so may be of any type.</typeparam>
    /// <param name="items">The items; read once, at the call. Their order must be the same on replay.</param>
    /// <param name="key">The key of an item: different for each, and the same on replay, for it is part of the ids of the branch's steps.</param>
    /// <param name="body">The branch. It gets the context of its scope, and the item.</param>
    /// <param name="options">How they run, and what ends them early; null for all at once, until one fails.</param>
    /// <exception cref="MapFailedException">More branches failed than may.</exception>
    /// <exception cref="ArgumentException">Two items have one key, or an option makes no sense.</exception>
    public async Task<MapOutcome<TItem, TResult>> MapAsync<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, string> key, Func<WorkflowContext, TItem, Task<TResult>> body, MapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(body);
        TItem[] inputs = [.. items];
        var results = new TResult[inputs.Length];
        var plan = new BranchPlan("map", Array.ConvertAll(inputs, item => key(item)), options, async (context, i) => results[i] = await body(context, inputs[i]));
        var branches = await RunBranchesAsync(plan);
        return plan.Check(new MapOutcome<TItem, TResult>(branches.End, branches.Items((i, name, status, error) => new MapItem<TItem, TResult>(i, name, status, error, inputs[i], results[i]))));
    }

    /// <summary>Runs a branch without result for each item; see <see cref="MapAsync{TItem, TResult}"/>.</summary>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <param name="items">The items; read once, at the call. Their order must be the same on replay.</param>
    /// <param name="key">The key of an item: different for each, and the same on replay, for it is part of the ids of the branch's steps.</param>
    /// <param name="body">The branch. It gets the context of its scope, and the item.</param>
    /// <param name="options">How they run, and what ends them early; null for all at once, until one fails.</param>
    /// <exception cref="MapFailedException">More branches failed than may.</exception>
    /// <exception cref="ArgumentException">Two items have one key, or an option makes no sense.</exception>
    public async Task<MapOutcome<TItem>> MapAsync<TItem>(IEnumerable<TItem> items, Func<TItem, string> key, Func<WorkflowContext, TItem, Task> body, MapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(body);
        TItem[] inputs = [.. items];
        var plan = new BranchPlan("map", Array.ConvertAll(inputs, item => key(item)), options, (context, i) => body(context, inputs[i]));
        var branches = await RunBranchesAsync(plan);
        return plan.Check(new MapOutcome<TItem>(branches.End, branches.Items((i, name, status, error) => new MapItem<TItem>(i, name, status, error, inputs[i]))));
    }

    /// <summary>Runs branches beside each other, each in a scope of its own, until all have ended or one fails; see <see cref="MapAsync{TItem, TResult}"/>. Its items are the branches' names.</summary>
    /// <typeparam name="TResult">What they return. It is not stored, and so may be of any type.</typeparam>
    /// <param name="branches">The branches.</param>
    /// <param name="options">How they run, and what ends them early; null for all at once, until one fails.</param>
    /// <exception cref="MapFailedException">More branches failed than may.</exception>
    /// <exception cref="ArgumentException">Two branches have one name, or an option makes no sense.</exception>
    public async Task<MapOutcome<string, TResult>> ParallelAsync<TResult>(IReadOnlyList<ParallelBranch<TResult>> branches, MapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(branches);
        ParallelBranch<TResult>[] all = [.. branches];
        var results = new TResult[all.Length];
        var plan = new BranchPlan("parallel", Array.ConvertAll(all, static branch => branch.Name), options, async (context, i) => results[i] = await all[i].Body(context));
        var ended = await RunBranchesAsync(plan);
        return plan.Check(new MapOutcome<string, TResult>(ended.End, ended.Items((i, name, status, error) => new MapItem<string, TResult>(i, name, status, error, name, results[i]))));
    }

    /// <summary>Runs branches without result beside each other, each in a scope of its own, until all have ended or one fails; see <see cref="MapAsync{TItem, TResult}"/>. Its items are the branches' names.</summary>
    /// <param name="branches">The branches.</param>
    /// <param name="options">How they run, and what ends them early; null for all at once, until one fails.</param>
    /// <exception cref="MapFailedException">More branches failed than may.</exception>
    /// <exception cref="ArgumentException">Two branches have one name, or an option makes no sense.</exception>
    public async Task<MapOutcome<string>> ParallelAsync(IReadOnlyList<ParallelBranch> branches, MapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(branches);
        ParallelBranch[] all = [.. branches];
        var plan = new BranchPlan("parallel", Array.ConvertAll(all, static branch => branch.Name), options, (context, i) => all[i].Body(context));
        var ended = await RunBranchesAsync(plan);
        return plan.Check(new MapOutcome<string>(ended.End, ended.Items((i, name, status, error) => new MapItem<string>(i, name, status, error, name))));
    }

    private protected abstract Task<EndedBranches> RunBranchesAsync(BranchPlan plan);
}
