namespace Durable;

// Loops that may go on for ever.
public abstract partial class WorkflowContext
{
    /// <summary>
    /// Goes over a source with a cursor: asks for the item behind the cursor, in a step, runs the body, and stores the next cursor. With it all that the iteration recorded is removed, so that the loop may go on for ever.
    /// After a crash it goes on with the iteration that was under way.
    /// </summary>
    /// <typeparam name="TItem">An item; a type the generator saw.</typeparam>
    /// <typeparam name="TCursor">A place in the source; a type the generator saw.</typeparam>
    /// <param name="name">The loop's name; 1 to 200 characters.</param>
    /// <param name="start">Where the source begins.</param>
    /// <param name="next">The item behind a cursor, and the cursor behind that; null where the source ends. Runs as a step, at least once.</param>
    /// <param name="body">What is done with an item. It gets the context of its iteration, and awaits every durable call that it makes.</param>
    /// <exception cref="StepFailedException">The next item could not be got.</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task ForEachAsync<TItem, TCursor>(string name, TCursor start, Func<TCursor, CancellationToken, Task<NextItem<TItem, TCursor>?>> next, Func<WorkflowContext, TItem, Task> body);

    /// <summary>Looks again and again whether something has come about, and sleeps durably in between. What the checks recorded is removed as it goes on.</summary>
    /// <typeparam name="T">What a check finds.</typeparam>
    /// <param name="name">The poll's name; 1 to 200 characters.</param>
    /// <param name="check">Looks: workflow code, in which a step does it.</param>
    /// <param name="isDone">True for what is waited for. Not durable: the same answer for the same value.</param>
    /// <param name="strategy">How often, and how long.</param>
    /// <returns>What was found, or that <see cref="PollStrategy.Timeout"/> has passed.</returns>
    /// <exception cref="StepFailedException">A step of the check failed.</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task<WaitResult<T>> WaitUntilAsync<T>(string name, Func<WorkflowContext, Task<T>> check, Func<T, bool> isDone, PollStrategy strategy);

    /// <summary>Looks again and again until a check says yes; see <see cref="WaitUntilAsync{T}"/>.</summary>
    /// <param name="name">The poll's name; 1 to 200 characters.</param>
    /// <param name="check">Looks: workflow code, in which a step does it.</param>
    /// <param name="strategy">How often, and how long.</param>
    /// <returns>False where <see cref="PollStrategy.Timeout"/> has passed.</returns>
    public async Task<bool> WaitUntilAsync(string name, Func<WorkflowContext, Task<bool>> check, PollStrategy strategy)
        => !(await WaitUntilAsync(name, check, static found => found, strategy)).IsTimedOut;

    /// <summary>
    /// Ends this execution of the workflow and begins the next one with other arguments, under the same run id: for loops whose history would grow without end. Step ids begin anew; all that is recorded is removed.
    /// Signals that nobody has taken, published values and streams stay; open requests are closed. The newest version of the workflow goes on.
    /// </summary>
    /// <typeparam name="TResult">The workflow's result.</typeparam>
    /// <param name="call">A call of this workflow.</param>
    /// <returns>A task that never completes: the code goes no further. <c>return await workflow.ContinueAsNew(...)</c>.</returns>
    /// <exception cref="ArgumentException">The call is one of another workflow.</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task<TResult> ContinueAsNew<TResult>(WorkflowCall<TResult> call);

    /// <inheritdoc cref="ContinueAsNew{TResult}"/>
    public abstract Task ContinueAsNew(WorkflowCall call);
}
