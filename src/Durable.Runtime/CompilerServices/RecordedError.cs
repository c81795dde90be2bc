using System.ComponentModel;

namespace Durable.CompilerServices;

/// <summary>What the constructor of a <c>[DurableError]</c> type is given besides its data: the rest of the error that is being brought back on this thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordedError
{
    [ThreadStatic]
    private static ErrorInfo? t_error;

    [ThreadStatic]
    private static Func<ErrorInfo, Exception?>? t_inner;

    /// <summary>The recorded message; empty outside of an error.</summary>
    public static string Message => t_error?.Message ?? "";

    /// <summary>The nearest inner error that can be brought back; null without one.</summary>
    public static Exception? Inner => t_error?.Inner is { } inner ? t_inner?.Invoke(inner) : null;

    /// <summary>Calls a constructor of the user's for an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="inner">Brings back the nearest of an inner error, if the constructor asks for it.</param>
    /// <param name="bringBack">Calls the constructor.</param>
    /// <param name="state">What that is given.</param>
    internal static TResult During<TState, TResult>(ErrorInfo error, Func<ErrorInfo, Exception?>? inner, Func<TState, TResult> bringBack, TState state)
    {
        var outer = (t_error, t_inner);
        (t_error, t_inner) = (error, inner);
        try
        {
            return bringBack(state);
        }
        finally
        {
            (t_error, t_inner) = outer;
        }
    }
}
