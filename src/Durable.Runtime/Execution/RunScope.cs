using System.Globalization;

namespace Durable.Execution;

/// <summary>A scope of a run: counts the calls made in it, so that ids repeat on replay whatever other scopes do meanwhile.</summary>
internal sealed class RunScope
{
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly HashSet<DurableCall> _waiting = [];
    private readonly RunScope? _outer;
    private int _waitingWithin;
    private int _byHandWithin;
    private List<DurableCall>? _waitingAround;
    private bool _isClosed;
    private int _guids;

    public RunScope(RunDriver driver, string path, RunScope? outer = null, bool isShielded = false)
    {
        Driver = driver;
        _outer = outer;
        Path = path;
        IsShielded = isShielded || outer is { IsShielded: true };
        Context = new RunWorkflowContext(driver, this);
    }

    public RunDriver Driver { get; }

    /// <summary>The scope's path; empty for the root.</summary>
    public string Path { get; }

    public RunWorkflowContext Context { get; }

    /// <summary>True when its calls are made whether the run is canceled or not.</summary>
    public bool IsShielded { get; }

    /// <summary>True in a compensation, and in what it opens.</summary>
    public bool IsCompensation { get => field || _outer is { IsCompensation: true }; init; }

    /// <summary>
    /// True when no call can come from this scope any more without coming too late for replay: its code has ended, and nothing is left under way that code which outlived it could be waiting for.
    /// </summary>
    public bool IsClosed => _isClosed || _outer is { IsClosed: true };

    /// <summary>True while the outcome of a call made in this scope, or in one inside it, has not been handed to the code. What the code executes by hand is the code's own affair.</summary>
    public bool HasCallsUnderWay => _waitingWithin > _byHandWithin;

    /// <summary>The id of the next call of this name and key, and its text.</summary>
    public (StepId Id, string Text) Next(string name, string? key)
    {
        key = StepId.Shorten(key);
        // The text that calls are counted by is most of the id's own: put together once a call.
        var call = StepId.Call(Path, name, key);
        var ordinal = Count(call);
        return (new StepId(Path, name, key, ordinal), StepId.WithOrdinal(call, ordinal));
    }

    /// <summary>Opens a scope inside this one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isShielded">True when its calls are made whether the run is canceled or not.</param>
    public RunScope Open(string name, bool isShielded = false) => new(Driver, NextPath(name), outer: this, isShielded);

    /// <summary>Opens the scope in which something is undone.</summary>
    public RunScope OpenCompensation(string name) => new(Driver, NextPath(name), outer: this, isShielded: true) { IsCompensation = true };

    /// <summary>A call was made in this scope.</summary>
    public void Requested(DurableCall call)
    {
        _waiting.Add(call);
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            scope._waitingWithin++;
            scope._byHandWithin += call.IsByHand ? 1 : 0;
        }
    }

    /// <summary>The outcome of a call made in this scope is handed to the code.</summary>
    public void Delivered(DurableCall call)
    {
        _waiting.Remove(call);
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            scope._waitingWithin--;
            scope._byHandWithin -= call.IsByHand ? 1 : 0;
        }
    }

    /// <summary>The code of this scope has ended. Branches that lost a WhenAny outlive it; they wait for calls within it, or for calls around it that were under way by now, whose tasks they were given.</summary>
    public void Ended()
    {
        for (var scope = _outer; scope is not null; scope = scope._outer)
        {
            if (scope._waiting.Count > 0)
                (_waitingAround ??= []).AddRange(scope._waiting);
        }
    }

    /// <summary>After the end, when the code is idle: closes the scope if nothing is left that could lead to a call in it. The same on replay, since the same calls are under way.</summary>
    public bool TryClose()
    {
        _waitingAround?.RemoveAll(static call => call.IsDelivered);
        return _isClosed = _waitingWithin == 0 && _waitingAround is null or { Count: 0 };
    }

    // No step id looks like this one, since names are not empty: no step's idempotency token is ever equal.
    public Guid NextGuid() => NameBasedGuid.Create(Driver.IdsOf, string.Create(CultureInfo.InvariantCulture, $"{Path}/[NewGuid]#{_guids++}"));

    // Scopes and steps are counted apart: a step never changes the id of a scope of its name.
    private string NextPath(string name)
    {
        var path = StepId.Call(Path, name, null);
        return StepId.WithOrdinal(path, Count(path + "/"));
    }

    private int Count(string call)
    {
        var ordinal = _ordinals.GetValueOrDefault(call);
        _ordinals[call] = ordinal + 1;
        return ordinal;
    }
}
