namespace Durable.Testing.Faults;

/// <summary>
/// Which calls of a store go wrong, and how. One plan counts the calls of all <see cref="FaultyStore">connections</see> that share it, so that "the 7th call" means one call of a scenario, whoever makes it.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly Func<int, string, int, Fault?> _choose;
    private readonly Dictionary<string, int> _callsOfVerbs = [];
    private readonly List<FaultHit> _hits = [];
    private int _calls;
    private bool _stopped;

    /// <summary>Makes a plan of chosen faults; of none, for a plan that only counts. Where two find one call, the first counts.</summary>
    /// <param name="faults">The faults.</param>
    public FaultPlan(params IReadOnlyList<Fault> faults)
        => _choose = (call, verb, callOfVerb) => faults.FirstOrDefault(fault => fault.Verb is null ? fault.Call == call : fault.Verb == verb && fault.Call == callOfVerb);

    private FaultPlan(Func<int, string, int, Fault?> choose) => _choose = choose;

    /// <summary>How many calls there were.</summary>
    public int Calls
    {
        get
        {
            lock (_gate)
                return _calls;
        }
    }

    /// <summary>The faults that have found their call, in the order of the calls. Given to the constructor, the faults of a random plan repeat it.</summary>
    public IReadOnlyList<FaultHit> Hits
    {
        get
        {
            lock (_gate)
                return [.. _hits];
        }
    }

    /// <summary>A plan that decides about each call as it is made. Everything is drawn from the given source in the order of the calls: equal seeds give equal faults.</summary>
    /// <param name="random">Decides. Shared with nothing else, or what that draws changes the plan.</param>
    /// <param name="rate">How many of all calls go wrong, from 0 to 1.</param>
    /// <param name="longest">How long a connection hangs or is dead at most; it takes whole seconds from 1 on. Null for a minute.</param>
    /// <param name="kinds">The kinds to choose from, each as often as it is named; none for all of them.</param>
    public static FaultPlan AtRandom(Random random, double rate, TimeSpan? longest = null, params IReadOnlyList<FaultKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1);
        var choice = kinds.Count == 0 ? Enum.GetValues<FaultKind>() : kinds;
        var seconds = (int)(longest ?? TimeSpan.FromMinutes(1)).TotalSeconds;
        return new FaultPlan((call, _, _) => random.NextDouble() >= rate
            ? null
            : new Fault(choice[random.Next(choice.Count)], call) { Lasts = TimeSpan.FromSeconds(random.Next(1, seconds + 1)) });
    }

    /// <summary>From now on no call goes wrong. Connections that hang or are dead recover in their time.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    /// <summary>The faults that have found their call, in one line.</summary>
    public override string ToString() => Hits is { Count: > 0 } hits ? string.Join(", ", hits) : "no fault";

    /// <summary>Counts a call; the fault that finds it, or null.</summary>
    internal Fault? Next(string verb)
    {
        lock (_gate)
        {
            var call = ++_calls;
            var callOfVerb = _callsOfVerbs[verb] = _callsOfVerbs.GetValueOrDefault(verb) + 1;
            if (_stopped || _choose(call, verb, callOfVerb) is not { } fault)
                return null;
            _hits.Add(new FaultHit(fault with { Call = call, Verb = null }, verb));
            return fault;
        }
    }
}
