namespace Durable;

/// <summary>How the branches of <c>MapAsync</c> and <c>ParallelAsync</c> run, and what ends them early. Without options all run at once, and the first failure ends them.</summary>
/// <remarks>
/// A map ends when all its branches have ended, or as soon as one of the rules here says so. Of what is left then, branches that have not begun never begin, and branches under way are abandoned:
/// see <see cref="BranchStatus.Abandoned"/>. Where several rules are set, the first that applies ends the map.
/// </remarks>
public sealed class MapOptions
{
    /// <summary>Names the branches' scopes: <c>/name[key]</c>. 1 to 200 characters; null (default) for <c>map</c> or <c>parallel</c>. A second map of one name in a scope gets the next ordinal.</summary>
    public string? Name { get; init; }

    /// <summary>How many branches are under way at a time, at least 1; the next begins when one ends, in the order of the items. Null (default) for all at once.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>
    /// How many branches must succeed, at least 1 and at most as many as there are. The map ends when they have, and fails when so many have failed that they no longer can: without a tolerance set, failures are tolerated until then.
    /// Null (default) for all but those that may fail.
    /// </summary>
    public int? MinSuccessful { get; init; }

    /// <summary>How many branches may fail: one more, and the map fails. Null (default) for none, unless <see cref="MinSuccessful"/> or <see cref="ToleratedFailurePercentage"/> says otherwise.</summary>
    public int? ToleratedFailures { get; init; }

    /// <summary>How many branches of a hundred may fail, 0 to 100, of all that there are: with 10, three of thirty may. 100 runs all to their ends, whatever fails. Null (default) for none, as <see cref="ToleratedFailures"/>.</summary>
    public double? ToleratedFailurePercentage { get; init; }
}
