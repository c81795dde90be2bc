using Durable.Execution.Branches;

namespace Durable.Execution;

// A scope as a branch of a map, or within one: it may be abandoned, with all that is under way in it but shields.
internal sealed partial class RunScope
{
    private bool _isBranch;
    private bool _isAbandoned;
    private HashSet<DurableCall>? _within;
    private CancellationTokenSource? _abandonment;
    private int _shields;
    private TaskCompletionSource? _shieldsEnded;

    /// <summary>True when it is a branch of a map, or inside one.</summary>
    public bool IsInBranch { get; private init; }

    /// <summary>True for a scope that was opened as a shield.</summary>
    public bool IsShield { get; init; }

    /// <summary>True when a branch around this scope was abandoned, and no shield between the two goes on.</summary>
    public bool IsAbandoned
    {
        get
        {
            for (var scope = this; scope is { IsInBranch: true, IsShield: false }; scope = scope._outer)
            {
                if (scope._isAbandoned)
                    return true;
            }

            return false;
        }
    }

    /// <summary>What code in this scope listens to: canceled with the run's code, and when the branch is abandoned.</summary>
    public CancellationToken Token => !IsInBranch || IsShield ? IsShielded ? Driver.BodyToken : Driver.CodeToken : _isBranch ? TokenOfBranch() : _outer!.Token;

    /// <summary>Completes when no shield in this branch is under way.</summary>
    public Task ShieldsEnded => _shields == 0 ? Task.CompletedTask : (_shieldsEnded ??= new TaskCompletionSource()).Task;

    /// <summary>What a shield in this branch threw; null for nothing. The first of several.</summary>
    public Exception? ShieldError { get; private set; }

    /// <summary>The ordinal of the next map of this name.</summary>
    public int NextMap(string name) => Count(StepId.Call(Path, name, null) + "[");

    /// <summary>Opens the scope of a branch.</summary>
    /// <param name="name">The map's name.</param>
    /// <param name="key">The branch's key.</param>
    /// <param name="ordinal">Which map of that name it is.</param>
    /// <param name="isShielded">True when its calls are made whether the run is canceled or not.</param>
    public RunScope OpenBranch(string name, string key, int ordinal, bool isShielded)
        => new(Driver, StepId.WithOrdinal(StepId.Call(Path, name, StepId.Shorten(key)), ordinal), outer: this, isShielded) { _isBranch = true, IsInBranch = true };

    /// <summary>True when this scope is another one, or inside it.</summary>
    public bool IsWithin(RunScope outer)
    {
        var scope = this;
        while (scope is not null && scope != outer)
            scope = scope._outer;
        return scope is not null;
    }

    /// <summary>A shield begins, which is this scope: no branch around it ends before it.</summary>
    public void ShieldBegins()
    {
        for (var scope = _outer; scope is { IsInBranch: true }; scope = scope._outer)
            scope._shields++;
    }

    /// <summary>The code of the shield that is this scope has ended.</summary>
    public void ShieldEnds(Exception? error)
    {
        for (var scope = _outer; scope is { IsInBranch: true }; scope = scope._outer)
        {
            scope.ShieldError ??= error;
            if (--scope._shields == 0)
                scope._shieldsEnded?.TrySetResult();
        }
    }

    /// <summary>Abandons this branch.</summary>
    /// <returns>The calls that are under way in it and are no shield's, and what cancels the token of its code; null where nobody asked for that.</returns>
    public (List<DurableCall> Calls, CancellationTokenSource? Code) Abandon()
    {
        _isAbandoned = true;
        return (_within is null ? [] : [.. _within.Where(call => !IsShieldedFromThis(call.Scope) && !IsShieldedFromThis(call.Branch!.Caller))], _abandonment);
    }

    // By the scope whose id it has, and by that of the code that makes it, which may well use the context of another.
    private void Adopt(DurableCall call)
    {
        var caller = !call.IsShared && Ambient.Scope is { IsInBranch: true } own && own != this && own.Driver == Driver ? own : null;
        if (!IsInBranch && caller is null)
            return;
        call.Branch = new CallInBranch(caller);
        foreach (var branch in BranchesAround(this).Concat(BranchesAround(caller)))
            (branch._within ??= []).Add(call);
    }

    private void Disown(DurableCall call)
    {
        if (call.Branch is not { } inBranch)
            return;
        foreach (var branch in BranchesAround(this).Concat(BranchesAround(inBranch.Caller)))
            branch._within!.Remove(call);
    }

    private static IEnumerable<RunScope> BranchesAround(RunScope? scope)
    {
        for (; scope is { IsInBranch: true }; scope = scope._outer)
        {
            if (scope._isBranch)
                yield return scope;
        }
    }

    private bool IsShieldedFromThis(RunScope? scope)
    {
        if (scope is null || !scope.IsWithin(this))
            return false;
        for (; scope != this; scope = scope!._outer)
        {
            if (scope!.IsShield)
                return true;
        }

        return false;
    }

    // Linked for as long as the pass lasts, like all that it is linked to.
    private CancellationToken TokenOfBranch()
    {
        _abandonment ??= CancellationTokenSource.CreateLinkedTokenSource(_outer!.TokenFor(IsShielded));
        return _abandonment.Token;
    }

    // A map that runs shielded through the code around it listens as a shield does.
    private CancellationToken TokenFor(bool isShielded) => isShielded && !IsShielded ? Driver.BodyToken : Token;
}
