namespace Durable;

/// <summary>What became of one item of a map, or one branch of a parallel call.</summary>
public class MapItem
{
    private protected MapItem(int index, string key, BranchStatus status, Exception? error) => (Index, Key, Status, Error) = (index, key, status, error);

    /// <summary>Its place in the input, from 0.</summary>
    public int Index { get; }

    /// <summary>Its key; of a parallel call the branch's name.</summary>
    public string Key { get; }

    /// <summary>What became of it.</summary>
    public BranchStatus Status { get; }

    /// <summary>What the branch threw; of an abandoned one what a <c>Shield</c> in it threw. Null without.</summary>
    public Exception? Error { get; }

    /// <summary>The key and what became of it.</summary>
    public override string ToString() => Error is null ? $"{Key}: {Status}" : $"{Key}: {Status}: {Error.Message}";
}

/// <summary>What became of one item of a map.</summary>
/// <typeparam name="TItem">The item.</typeparam>
public class MapItem<TItem> : MapItem
{
    internal MapItem(int index, string key, BranchStatus status, Exception? error, TItem item) : base(index, key, status, error) => Item = item;

    /// <summary>The item.</summary>
    public TItem Item { get; }
}

/// <summary>What became of one item of a map, with its result.</summary>
/// <typeparam name="TItem">The item.</typeparam>
/// <typeparam name="TResult">What its branch returns.</typeparam>
public sealed class MapItem<TItem, TResult> : MapItem<TItem>
{
    private readonly TResult _result;

    internal MapItem(int index, string key, BranchStatus status, Exception? error, TItem item, TResult result) : base(index, key, status, error, item) => _result = result;

    /// <summary>What its branch returned.</summary>
    /// <exception cref="InvalidOperationException">It did not succeed; the inner exception says why, where it failed.</exception>
    public TResult Result => Status == BranchStatus.Succeeded ? _result : throw new InvalidOperationException($"Item '{Key}' has no result: {Status}.", Error);
}
