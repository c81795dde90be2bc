namespace Durable;

/// <summary>What became of a map, and of each of its items. The same on first run and replay.</summary>
public abstract class MapOutcome
{
    private protected MapOutcome(MapEnd end) => End = end;

    /// <summary>What ended the map.</summary>
    public MapEnd End { get; }

    /// <summary>All items, in input order.</summary>
    public IReadOnlyList<MapItem> Items => AllItems;

    private protected abstract IReadOnlyList<MapItem> AllItems { get; }

    /// <summary>How many of the items came to this.</summary>
    /// <param name="status">What they came to.</param>
    public int Count(BranchStatus status) => AllItems.Count(item => item.Status == status);
}

/// <summary>What became of a map, and of each of its items.</summary>
/// <typeparam name="TItem">The items; of a parallel call the branches' names.</typeparam>
public class MapOutcome<TItem> : MapOutcome
{
    internal MapOutcome(MapEnd end, IReadOnlyList<MapItem<TItem>> items) : base(end) => Items = items;

    /// <inheritdoc cref="MapOutcome.Items"/>
    public new IReadOnlyList<MapItem<TItem>> Items { get; }

    /// <summary>The items whose branches returned, in input order.</summary>
    public IEnumerable<MapItem<TItem>> Succeeded => Items.Where(static item => item.Status == BranchStatus.Succeeded);

    /// <summary>The items whose branches threw, in input order.</summary>
    public IEnumerable<MapItem<TItem>> Failed => Items.Where(static item => item.Status == BranchStatus.Failed);

    /// <summary>The items whose branches were under way when the map ended, in input order.</summary>
    public IEnumerable<MapItem<TItem>> Abandoned => Items.Where(static item => item.Status == BranchStatus.Abandoned);

    /// <summary>The items whose branches never began, in input order.</summary>
    public IEnumerable<MapItem<TItem>> NotStarted => Items.Where(static item => item.Status == BranchStatus.NotStarted);

    private protected override IReadOnlyList<MapItem> AllItems => Items;
}

/// <summary>What became of a map, and of each of its items, with their results.</summary>
/// <typeparam name="TItem">The items; of a parallel call the branches' names.</typeparam>
/// <typeparam name="TResult">What their branches return.</typeparam>
public sealed class MapOutcome<TItem, TResult> : MapOutcome<TItem>
{
    internal MapOutcome(MapEnd end, IReadOnlyList<MapItem<TItem, TResult>> items) : base(end, items) => Items = items;

    /// <inheritdoc cref="MapOutcome.Items"/>
    public new IReadOnlyList<MapItem<TItem, TResult>> Items { get; }

    /// <inheritdoc cref="MapOutcome{TItem}.Succeeded"/>
    public new IEnumerable<MapItem<TItem, TResult>> Succeeded => Items.Where(static item => item.Status == BranchStatus.Succeeded);

    /// <summary>The results of the items that succeeded, in input order: of all items, where nothing ended the map early and nothing failed.</summary>
    public IReadOnlyList<TResult> Results => field ??= [.. Succeeded.Select(static item => item.Result)];
}
