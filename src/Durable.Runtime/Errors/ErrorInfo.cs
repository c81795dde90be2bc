namespace Durable;

/// <summary>An error as it is stored: what is left of an exception when its process is gone.</summary>
public sealed record ErrorInfo
{
    /// <summary>The exception's full type name.</summary>
    public required string TypeName { get; init; }

    /// <summary>Full names of its base types, nearest first, without <see cref="Exception"/> and <see cref="object"/>.</summary>
    public IReadOnlyList<string> BaseTypeNames { get; init; } = [];

    /// <summary>The exception's message; cut at <see cref="DurableLimits.MaxErrorTextLength"/>.</summary>
    public required string Message { get; init; }

    /// <summary>The exception's stack trace, or null; cut at <see cref="DurableLimits.MaxErrorTextLength"/>.</summary>
    public string? StackTrace { get; init; }

    /// <summary>The inner exception, or null.</summary>
    public ErrorInfo? Inner { get; init; }

    // What a [DurableError] type is made of again, as JSON. Internal, so that nobody shows it unmasked.
    internal ReadOnlyMemory<byte> Data { get; init; }

    // For the log, which tells causes but holds nothing that user code says.
    internal string TypeNames => Inner is null ? TypeName : $"{TypeName}, caused by {Inner.TypeNames}";

    /// <summary>True when this error or one of its inner errors is a <typeparamref name="TException"/> by type name.</summary>
    /// <typeparam name="TException">The exception type asked for.</typeparam>
    public bool IsCausedBy<TException>() where TException : Exception
    {
        for (var error = this; error is not null; error = error.Inner)
        {
            if (error.Is(typeof(TException)))
                return true;
        }

        return false;
    }

    // By the recorded names: nothing in the store is ever looked up as a type.
    internal bool Is(Type exception) => exception == typeof(Exception) || TypeName == exception.FullName || BaseTypeNames.Contains(exception.FullName);

    /// <summary>Takes down an exception.</summary>
    /// <param name="exception">The exception.</param>
    internal static ErrorInfo From(Exception exception) => From(exception, DurableLimits.MaxErrorDepth);

    private static ErrorInfo From(Exception exception, int depth)
    {
        var bases = new List<string>();
        for (var type = exception.GetType().BaseType; type is not null && type != typeof(Exception) && bases.Count < DurableLimits.MaxErrorDepth; type = type.BaseType)
            bases.Add(type.FullName!);
        return new ErrorInfo
        {
            TypeName = exception.GetType().FullName!,
            BaseTypeNames = bases,
            Message = Text(exception, static e => e.Message) ?? "",
            StackTrace = Text(exception, static e => e.StackTrace),
            Inner = depth > 1 ? InnerOf(exception, depth - 1) : null,
        };
    }

    // A failed step carries the error of its body as it was stored: what caused the run to fail stays visible in the run's own error.
    private static ErrorInfo? InnerOf(Exception exception, int depth)
        => exception is StepFailedException step ? step.Error : exception.InnerException is { } inner ? From(inner, depth) : null;

    // Both are virtual: user code, which may throw or return null. Its failure must not take the place of the error.
    private static string? Text(Exception exception, Func<Exception, string?> read)
    {
        string? text;
        try
        {
            text = read(exception);
        }
        catch (Exception unreadable)
        {
            text = $"(reading this threw {unreadable.GetType().FullName})";
        }

        return text is null || text.Length <= DurableLimits.MaxErrorTextLength ? text : text[..DurableLimits.MaxErrorTextLength];
    }
}
