namespace Durable.Execution;

// Errors, from exceptions to what is stored.
internal sealed partial class RunDriver
{
    /// <summary>What is stored of an exception of the user's, with the data of those within it that have any.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="stepId">The step that failed by it, or <see cref="StepId.Run"/>.</param>
    public ErrorInfo TakeDown(Exception exception, string stepId)
        => Engine.Errors.Record(exception, (type, problem) => Log.ErrorDataLost(Engine.Log, RunId, stepId, type, problem));
}
