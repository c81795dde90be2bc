namespace Durable.Execution.Branches;

/// <summary>The branches of one map while they run. Workflow code: all of it happens on the run's context, in the same order on each replay.</summary>
/// <param name="driver">The pass.</param>
/// <param name="outer">The scope in which the map was called.</param>
/// <param name="plan">What is to be done.</param>
internal sealed class BranchSet(RunDriver driver, RunScope outer, BranchPlan plan)
{
    private readonly ExecutionContext? _callersContext = ExecutionContext.Capture();
    private readonly TaskCompletionSource _over = new();
    private readonly BranchStatus[] _statuses = new BranchStatus[plan.Keys.Length];
    private readonly Exception?[] _errors = new Exception?[plan.Keys.Length];
    // Those under way, by index.
    private readonly Dictionary<int, RunScope> _underWay = [];
    private readonly int _ordinal = outer.NextMap(plan.Name);
    private readonly bool _isShielded = driver.IsShielded(outer);
    private int _next;
    private bool _isBeginning;
    private bool _isCanceled;

    private bool HasEnded => _over.Task.IsCompleted;

    private bool IsStopped => driver.IsStopped && !_isShielded;

    /// <summary>Runs the branches.</summary>
    /// <exception cref="RunCanceledException">The run is canceled, and branches did not come to their ends because of it.</exception>
    public async Task<EndedBranches> RunAsync()
    {
        GoOn();
        if (!HasEnded)
            await _over.Task;
        if (_isCanceled || _underWay.Count == 0 && _next < plan.Keys.Length && !plan.Policy.IsDecided)
            throw driver.CanceledException();
        foreach (var (index, branch) in _underWay)
        {
            await branch.ShieldsEnded;
            driver.Leave(branch);
            _statuses[index] = BranchStatus.Abandoned;
            _errors[index] = branch.ShieldError;
        }

        return new EndedBranches(plan.Policy.End, plan.Keys, _statuses, _errors);
    }

    // Begins what may begin; over when nothing is under way or to come. A branch that awaits nothing ends in here.
    private void GoOn()
    {
        if (_isBeginning)
            return;
        _isBeginning = true;
        while (!HasEnded && _next < plan.Keys.Length && _underWay.Count < plan.Concurrency && !IsStopped)
            Begin(_next++);
        _isBeginning = false;
        if (_underWay.Count == 0)
            _over.TrySetResult();
    }

    private void Begin(int index)
    {
        var branch = outer.OpenBranch(plan.Name, plan.Keys[index], _ordinal, _isShielded);
        _underWay.Add(index, branch);
        // As the code that called the map: not what the branch left behind whose end let this one begin.
        if (_callersContext is null)
            _ = RunAsync(index, branch);
        else
            ExecutionContext.Run(_callersContext, _ => _ = RunAsync(index, branch), null);
    }

    private async Task RunAsync(int index, RunScope branch)
    {
        Ambient.Enter(branch);
        Exception? error = null;
        try
        {
            await plan.Body(branch.Context, index);
        }
        catch (Exception exception)
        {
            // What the branch threw is for the code that called the map.
            error = exception;
        }

        driver.ScopeEnded(branch);
        // Of an abandoned one nobody takes notice any more.
        if (!HasEnded && !branch.IsAbandoned)
            Ended(index, error);
    }

    private void Ended(int index, Exception? error)
    {
        _underWay.Remove(index);
        if (error is OperationCanceledException && IsStopped)
        {
            _isCanceled = true;
        }
        else
        {
            _statuses[index] = error is null ? BranchStatus.Succeeded : BranchStatus.Failed;
            _errors[index] = error;
            if (error is null)
                plan.Policy.Succeeded();
            else
                plan.Policy.Failed(index);
        }

        // In a run that is being canceled what is under way is waited for, as everywhere else.
        if (plan.Policy.IsDecided && !IsStopped)
            End();
        else
            GoOn();
    }

    private void End()
    {
        driver.Abandon(_underWay.Values);
        _over.TrySetResult();
    }
}
