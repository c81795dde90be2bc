using System.Globalization;

namespace Durable.Execution;

/// <summary>A scope of a run: counts the calls made in it, so that ids repeat on replay whatever other scopes do meanwhile.</summary>
internal sealed partial class RunScope
{
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly RunScope? _outer;
    // In the order in which they were made. Those that were delivered go from the front at once, and from between when they are many: nothing here is searched.
    private Queue<DurableCall>? _waiting;
    private int _waitingHere;
    private int _waitingWithin;
    private int _byHandWithin;
    private Queue<(long At, RunScope Scope)>? _heldUp;
    private int _heldUpBy;
    private long _movedAt;
    private long _movedWithinAt;
    private bool _hasEnded;
    private bool _isClosed;
    private int _guids;

    public RunScope(RunDriver driver, string path, RunScope? outer = null, bool isShielded = false)
    {
        Driver = driver;
        _outer = outer;
        Path = path;
        IsShielded = isShielded || outer is { IsShielded: true };
        IsInBranch = outer is { IsInBranch: true };
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
    /// <param name="isShield">True when that is so because of this scope, not of one around it.</param>
    public RunScope Open(string name, bool isShielded = false, bool isShield = false) => new(Driver, NextPath(name), outer: this, isShielded) { IsShield = isShield };

    /// <summary>Opens the scope of an iteration of the loop that this scope is. Not counted: a loop that goes on for ever must not remember each.</summary>
    public RunScope OpenIteration(long number) => new(Driver, string.Create(CultureInfo.InvariantCulture, $"{Path}/{number}"), outer: this);

    /// <summary>Opens the scope in which something is undone.</summary>
    public RunScope OpenCompensation(string name) => new(Driver, NextPath(name), outer: this, isShielded: true) { IsCompensation = true };

    /// <summary>A call was made in this scope.</summary>
    public void Requested(DurableCall call)
    {
        call.Serial = Driver.NextSerial();
        (_waiting ??= new Queue<DurableCall>()).Enqueue(call);
        _waitingHere++;
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            scope._waitingWithin++;
            scope._byHandWithin += call.IsByHand ? 1 : 0;
        }

        Adopt(call);
    }

    /// <summary>The outcome of a call made in this scope is handed to the code.</summary>
    public void Delivered(DurableCall call)
    {
        call.IsDelivered = true;
        _waitingHere--;
        DropDelivered();
        LetGo();
        Disown(call);
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            scope._waitingWithin--;
            scope._byHandWithin -= call.IsByHand ? 1 : 0;
            if (scope._hasEnded)
                scope.CloseIfThrough();
        }
    }

    /// <summary>The code made a call or opened a scope here: it has moved past the failures before it, but for those of branches beside this one, which it need not have seen.</summary>
    /// <param name="now">Rises with each move of the run's code.</param>
    public void Moved(long now)
    {
        _movedAt = now;
        for (var scope = this; scope is not null; scope = scope._outer)
            scope._movedWithinAt = now;
    }

    /// <summary>True when the code has moved on since a failure was delivered here: in this scope, inside it, or around it.</summary>
    public bool HasMovedSince(long failedAt)
    {
        for (var scope = _outer; scope is not null; scope = scope._outer)
        {
            if (scope._movedAt > failedAt)
                return true;
        }

        return _movedWithinAt > failedAt;
    }

    /// <summary>The code of this scope has ended. Branches that lost a WhenAny outlive it; they wait for calls within it, or for calls around it that were under way by now, whose tasks they were given.</summary>
    public void Ended()
    {
        _hasEnded = true;
        for (var scope = _outer; scope is not null; scope = scope._outer)
        {
            if (scope._waitingHere == 0)
                continue;
            (scope._heldUp ??= new Queue<(long, RunScope)>()).Enqueue((Driver.LastSerial, this));
            _heldUpBy++;
        }

        CloseIfThrough();
    }

    /// <summary>After the end, when the code is idle: closes the scope if nothing is left that could lead to a call in it. The same on replay, since the same calls are under way.</summary>
    public bool TryClose() => _isClosed = IsThrough;

    // No step id looks like this one, since names are not empty: no step's idempotency token is ever equal.
    public Guid NextGuid() => NameBasedGuid.Create(Driver.IdsOf, string.Create(CultureInfo.InvariantCulture, $"{Path}/[NewGuid]#{_guids++}"));

    private bool IsThrough => _waitingWithin == 0 && _heldUpBy == 0;

    private void CloseIfThrough()
    {
        if (IsThrough)
            Driver.MayClose(this);
    }

    private void DropDelivered()
    {
        while (_waiting!.TryPeek(out var first) && first.IsDelivered)
            _waiting.Dequeue();
        // One that waits long must not keep all that were made after it.
        if (_waiting.Count > (2 * _waitingHere) + 16)
            _waiting = new Queue<DurableCall>(_waiting.Where(static call => !call.IsDelivered));
    }

    // The scopes inside that ended while calls were under way here, as far as those calls are through.
    private void LetGo()
    {
        while (_heldUp is not null && _heldUp.TryPeek(out var held) && (!_waiting!.TryPeek(out var first) || first.Serial > held.At))
        {
            _heldUp.Dequeue();
            held.Scope._heldUpBy--;
            held.Scope.CloseIfThrough();
        }
    }

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
