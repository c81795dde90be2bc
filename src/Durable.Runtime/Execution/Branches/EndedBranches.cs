namespace Durable.Execution.Branches;

/// <summary>What became of the branches of a map.</summary>
/// <param name="End">What ended it.</param>
/// <param name="Keys">The branches' keys, in input order.</param>
/// <param name="Statuses">What became of each.</param>
/// <param name="Errors">What each threw; null for nothing.</param>
internal sealed record EndedBranches(MapEnd End, string[] Keys, BranchStatus[] Statuses, Exception?[] Errors)
{
    /// <summary>Makes an item of each.</summary>
    /// <param name="make">Makes one, of its index, key, status and error.</param>
    public TItem[] Items<TItem>(Func<int, string, BranchStatus, Exception?, TItem> make)
    {
        var items = new TItem[Keys.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = make(i, Keys[i], Statuses[i], Errors[i]);
        return items;
    }
}
