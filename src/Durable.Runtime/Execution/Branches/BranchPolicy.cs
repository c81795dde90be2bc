namespace Durable.Execution.Branches;

/// <summary>Decides when a map ends. Pure: it counts.</summary>
internal sealed class BranchPolicy
{
    private readonly int _total;
    private readonly int? _minSuccessful;
    private readonly int _tolerated;
    private int _succeeded;
    private int _failed;

    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public BranchPolicy(int total, MapOptions options)
    {
        if (options.MinSuccessful is { } least)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(least, 1, nameof(MapOptions.MinSuccessful));
            if (least > total)
                throw new ArgumentException($"{least} branches are to succeed (MapOptions.MinSuccessful), but there are {total}.");
        }

        if (options.ToleratedFailures is { } failures)
            ArgumentOutOfRangeException.ThrowIfNegative(failures, nameof(MapOptions.ToleratedFailures));
        if (options.ToleratedFailurePercentage is not (null or >= 0 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(MapOptions.ToleratedFailurePercentage), options.ToleratedFailurePercentage, "A percentage is 0 to 100.");
        _total = total;
        _minSuccessful = options.MinSuccessful;
        _tolerated = Tolerated(options);
    }

    /// <summary>The index of the branch that failed first.</summary>
    public int FirstFailed { get; private set; } = -1;

    /// <summary>What the map comes to by now, if there is nothing more to come.</summary>
    public MapEnd End => _failed > _tolerated ? MapEnd.FailureToleranceExceeded : _succeeded >= _minSuccessful ? MapEnd.MinSuccessfulReached : MapEnd.AllCompleted;

    /// <summary>True when the map has come to its end, also if branches are left.</summary>
    public bool IsDecided => End != MapEnd.AllCompleted;

    public void Succeeded() => _succeeded++;

    public void Failed(int index)
    {
        if (_failed++ == 0)
            FirstFailed = index;
    }

    private int Tolerated(MapOptions options)
    {
        // As decimals, in which 33.3 percent of a thousand are 333.
        int? share = options.ToleratedFailurePercentage is { } percentage ? (int)((decimal)percentage * _total / 100) : null;
        int? leaves = _total - _minSuccessful;
        int?[] limits = [options.ToleratedFailures, share, leaves];
        return limits.Min() ?? 0;
    }
}
