using System.Diagnostics.CodeAnalysis;

namespace Durable;

/// <summary>What came of a wait that had a limit, for what brings nothing. The default value is one that timed out.</summary>
public readonly struct WaitResult
{
    private readonly bool _came;

    internal WaitResult(bool came) => _came = came;

    /// <summary>True when the time had passed before it came.</summary>
    public bool IsTimedOut => !_came;
}

/// <summary>What came of a wait that had a limit. The default value is one that timed out.</summary>
/// <typeparam name="T">What was waited for.</typeparam>
public readonly struct WaitResult<T>
{
    private readonly T? _value;
    private readonly bool _hasValue;

    internal WaitResult(T value) => (_value, _hasValue) = (value, true);

    /// <summary>True when the time had passed before it came.</summary>
    public bool IsTimedOut => !_hasValue;

    /// <summary>What came.</summary>
    /// <exception cref="InvalidOperationException">Nothing came: ask <see cref="IsTimedOut"/> first, or use <see cref="TryGetValue"/>.</exception>
    public T Value => _hasValue ? _value! : throw new InvalidOperationException("The wait timed out, so there is no value. Ask for IsTimedOut first, or use TryGetValue.");

    /// <summary>True, and what came, unless the time had passed before.</summary>
    /// <param name="value">What came; the default where nothing did.</param>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value!;
        return _hasValue;
    }
}
