using Durable.CompilerServices;
using Durable.Serialization;

namespace Durable.Registration;

/// <summary>The steps whose results are, or hold, what is sensitive, by their names: all that a checkpoint tells of its step.</summary>
internal sealed class SensitiveResults
{
    private readonly Dictionary<string, (PayloadType? Result, string? Withheld)> _steps = new(StringComparer.Ordinal);
    private bool _hasUnnamed;

    /// <param name="step">The step's name; null for inline steps whose name is not known.</param>
    /// <param name="result">How its result is stored; null where that cannot be named.</param>
    public void Add(string? step, PayloadType? result)
    {
        if (step is null)
            _hasUnnamed = true;
        else if (result is null)
            _steps[step] = (null, $"the result of step '{step}' holds what is sensitive, and its type is private to a generic class");
        else if (!_steps.TryAdd(step, (result, null)) && _steps[step].Result != result)
            _steps[step] = (null, $"several steps are named '{step}', and their sensitive results differ in type");
    }

    /// <summary>True when the result of an inline step of that name may hold what is sensitive.</summary>
    public bool MayHold(string step) => _hasUnnamed || (_steps.Count > 0 && _steps.ContainsKey(step));

    /// <summary>The stored result of a step as it may be shown.</summary>
    public ShownPayload Show(string step, ReadOnlyMemory<byte> stored)
    {
        if (stored.IsEmpty)
            return new ShownPayload(stored);
        if (_steps.TryGetValue(step, out var known))
            return known.Result is { } result ? result.Show(stored) : ShownPayload.Withhold(known.Withheld!);
        return _hasUnnamed
            ? ShownPayload.Withhold($"step '{step}' may be an inline step whose result holds what is sensitive: a name or type at a call of StepAsync is not known to the build")
            : new ShownPayload(stored);
    }
}
