namespace Durable;

/// <summary>A branch of <c>ParallelAsync</c>.</summary>
/// <param name="Name">Names its scope, <c>/parallel[name]</c>; different from those beside it.</param>
/// <param name="Body">The branch. It gets the context of its scope.</param>
public sealed record ParallelBranch(string Name, Func<WorkflowContext, Task> Body);

/// <summary>A branch of <c>ParallelAsync</c> with a result.</summary>
/// <typeparam name="TResult">What it returns.</typeparam>
/// <param name="Name">Names its scope, <c>/parallel[name]</c>; different from those beside it.</param>
/// <param name="Body">The branch. It gets the context of its scope.</param>
public sealed record ParallelBranch<TResult>(string Name, Func<WorkflowContext, Task<TResult>> Body);
