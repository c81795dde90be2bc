using Durable.CompilerServices;
using Durable.Serialization;

namespace Durable.Registration;

/// <summary>The <see cref="DurableErrorAttribute"/> types of this process: taken down by their type, brought back by its recorded name. Nothing in the store is ever looked up but here.</summary>
internal sealed class DurableErrors
{
    private readonly Dictionary<Type, DurableErrorType> _types = [];
    private readonly Dictionary<string, DurableErrorType> _names = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Another type has the same name.</exception>
    public void Add<TError>(PayloadType<TError> data)
        where TError : Exception
    {
        var type = new DurableErrorType<TError>(data);
        if (!_names.TryAdd(type.Name, type))
            throw new InvalidOperationException($"Two [DurableError] types are named '{type.Name}': in '{_names[type.Name].Assembly}' and in '{type.Assembly}'. The recorded name could not tell which is meant: rename one of them, or take its attribute away.");
        _types.Add(typeof(TError), type);
    }

    /// <summary>Takes down an exception. Data that cannot be stored, or made an exception of again, is left out: the failure itself is never lost.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="lost">Told the type whose data is left out, and why, in words fit for a log.</param>
    public ErrorInfo Record(Exception exception, Action<string, string> lost)
    {
        var error = ErrorInfo.From(exception);
        if (_types.Count == 0)
            return error;
        var left = DurableLimits.MaxPayloadBytes;
        return WithData(error, exception, ref left, lost);
    }

    /// <summary>The outermost exception of an error that was taken down with its data, made again; null without one.</summary>
    /// <param name="error">The error.</param>
    /// <param name="what">Whose error, as the start of a sentence.</param>
    /// <exception cref="PayloadException">This build cannot make it again.</exception>
    public Exception? BringBack(ErrorInfo? error, string what)
    {
        for (; error is not null; error = error.Inner)
        {
            if (!error.Data.IsEmpty)
                return Find(error, what).Read(error, inner => BringBack(inner, what), what);
        }

        return null;
    }

    /// <summary>An error as it may be shown; null for one without data, which is shown as it is stored.</summary>
    public ErrorDocument? Show(ErrorInfo error)
    {
        var inner = error.Inner is null ? null : Show(error.Inner);
        if (error.Data.IsEmpty && inner is null)
            return null;
        var document = ErrorDocument.Of(error);
        if (inner is not null)
            document = document with { Inner = inner };
        if (error.Data.IsEmpty)
            return document;
        var shown = _names.TryGetValue(error.TypeName, out var type)
            ? type.Show(error)
            : ShownPayload.Withhold("the type is no [DurableError] that is registered in this process, which therefore cannot tell what is sensitive");
        return document with { Data = shown.Withheld is null ? shown.Payload.ToArray() : null, DataWithheld = shown.Withheld };
    }

    // The exception is null for what comes from the error of a step: it was taken down before.
    private ErrorInfo WithData(ErrorInfo error, Exception? exception, ref int left, Action<string, string> lost)
    {
        var data = exception is null ? error.Data : Write(exception, lost);
        if (data.Length > left)
        {
            lost(error.TypeName, $"together with those that it stands in it takes more than {DurableLimits.MaxPayloadBytes} bytes (DurableLimits.MaxPayloadBytes)");
            data = default;
        }

        left -= data.Length;
        var inner = error.Inner is null ? null : WithData(error.Inner, exception is StepFailedException ? null : exception?.InnerException, ref left, lost);
        error = error with { Data = data, Inner = inner };
        return exception is null || data.IsEmpty || ComesBack(error, lost) ? error : error with { Data = default };
    }

    private ReadOnlyMemory<byte> Write(Exception exception, Action<string, string> lost)
    {
        if (!_types.TryGetValue(exception.GetType(), out var type))
            return default;
        try
        {
            return type.Write(exception);
        }
        catch (PayloadException refusal)
        {
            lost(type.Name, refusal is PayloadTooLargeException { Bytes: var bytes }
                ? $"it takes {bytes} bytes, the limit is {DurableLimits.MaxPayloadBytes} (DurableLimits.MaxPayloadBytes)"
                : $"writing it threw {Cause(refusal)}");
            return default;
        }
    }

    // Before anybody relies on it: a constructor that throws does so now, and not on a replay.
    private bool ComesBack(ErrorInfo error, Action<string, string> lost)
    {
        try
        {
            BringBack(error, "The error");
            return true;
        }
        catch (PayloadException refusal)
        {
            lost(error.TypeName, $"reading it again threw {Cause(refusal)}");
            return false;
        }
    }

    private DurableErrorType Find(ErrorInfo error, string what) => _names.TryGetValue(error.TypeName, out var type)
        ? type
        : throw new PayloadException($"{what} is a '{error.TypeName}', recorded with its data, and there is no [DurableError] type of that name.") { Place = $"{what} is a '{error.TypeName}', which is no [DurableError] type here" };

    private static string Cause(PayloadException refusal) => (refusal.InnerException ?? refusal).GetType().FullName!;
}
