using Durable.CompilerServices;
using Durable.Serialization;

namespace Durable.Registration;

/// <summary>An exception type that comes back with its data.</summary>
internal abstract class DurableErrorType(Type type)
{
    /// <summary>The name by which errors are recorded.</summary>
    public string Name { get; } = type.FullName!;

    public string? Assembly { get; } = type.Assembly.GetName().Name;

    /// <exception cref="PayloadException">The data cannot be stored.</exception>
    public abstract ReadOnlyMemory<byte> Write(Exception exception);

    /// <param name="error">The error.</param>
    /// <param name="inner">Brings back an inner error.</param>
    /// <param name="what">Whose error, as the start of a sentence.</param>
    /// <exception cref="PayloadException">The data cannot be read.</exception>
    public abstract Exception Read(ErrorInfo error, Func<ErrorInfo, Exception?> inner, string what);

    /// <summary>The data as it may be shown.</summary>
    public abstract ShownPayload Show(ErrorInfo error);
}

/// <summary>The same with its type.</summary>
/// <typeparam name="TError">The exact type: neither those derived from it nor its bases.</typeparam>
internal sealed class DurableErrorType<TError>(PayloadType<TError> data) : DurableErrorType(typeof(TError))
    where TError : Exception
{
    public override ReadOnlyMemory<byte> Write(Exception exception) => StoredPayload.Write(data, (TError)exception, "The error");

    public override Exception Read(ErrorInfo error, Func<ErrorInfo, Exception?> inner, string what)
        => RecordedError.During(error, inner, static all => StoredPayload.Read(all.data, all.error.Data.Span, all.what), (data, error, what))
            ?? throw new PayloadException($"{what} is read as nothing by the converter of '{Name}'.");

    public override ShownPayload Show(ErrorInfo error)
        => RecordedError.During(error, null, static all => ShownPayload.Of(all.data, all.error.Data), (data, error));
}
