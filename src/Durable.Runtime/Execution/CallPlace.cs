namespace Durable.Execution;

/// <summary>Where a durable call stands.</summary>
/// <param name="Scope">The scope that it is made in.</param>
/// <param name="Id">Its full id.</param>
/// <param name="IsShielded">True when it is made whether the run is canceled or not.</param>
internal readonly record struct CallPlace(RunScope Scope, string Id, bool IsShielded);

/// <summary>A durable call as the code awaits it.</summary>
internal interface IPromise<TResult>
{
    /// <summary>What the code awaits; never complete yet when the call is made.</summary>
    Task<TResult> Task { get; }
}
