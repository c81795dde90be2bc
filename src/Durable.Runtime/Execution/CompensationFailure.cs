namespace Durable.Execution;

/// <summary>The error of a run that could not be undone as a whole.</summary>
internal static class CompensationFailure
{
    /// <param name="failures">What failed, by the names that were registered.</param>
    /// <param name="cause">Why the run was undone.</param>
    public static ErrorInfo Of(IReadOnlyList<(string Name, ErrorInfo Error)> failures, ErrorInfo cause)
    {
        var failed = string.Join("; ", failures.Select(failure => $"'{failure.Name}' with {failure.Error.TypeName}: {failure.Error.Message}"));
        var message = $"The run was undone, but not as a whole: {failed}. It had ended with {cause.TypeName}: {cause.Message}";
        return new ErrorInfo
        {
            TypeName = typeof(CompensationFailedException).FullName!,
            BaseTypeNames = [typeof(DurableException).FullName!],
            Message = message.Length <= DurableLimits.MaxErrorTextLength ? message : message[..DurableLimits.MaxErrorTextLength],
            Inner = cause,
        };
    }
}
