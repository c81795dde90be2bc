using System.Text.RegularExpressions;

namespace Durable;

/// <summary>Whether, and when, a failed attempt of a step, or of a run, is followed by another. Immutable. What <see cref="RetryAttribute"/> says becomes one; policies in code are registered by name with <c>durable.AddRetryPolicy(...)</c>.</summary>
public sealed class RetryPolicy
{
    /// <summary>The highest number of attempts: each leaves a line in the run's history.</summary>
    public const int MostAttempts = 10_000;

    /// <summary>The longest delay: ten years.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(3650);

    /// <summary>The longest time for one attempt: 30 days, about as far as a timer reaches.</summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromDays(30);

    private static readonly TimeSpan s_matchTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_defaultMaxDelay = TimeSpan.FromMinutes(5);

    private readonly TimeSpan? _maxDelay;
    private readonly Regex? _message;

    /// <summary>How many attempts there are at most, the first execution included. Default 3; 1 to 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int MaxAttempts
    {
        get;
        init => field = value is >= 1 and <= MostAttempts ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"MaxAttempts counts the first execution too: 1 to {MostAttempts:N0}.");
    } = 3;

    /// <summary>The delay after the first failed attempt, before jitter. Default 1 s; 0 to ten years.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public TimeSpan InitialDelay
    {
        get;
        init => field = Delay(value, nameof(InitialDelay));
    } = TimeSpan.FromSeconds(1);

    /// <summary>What each delay is multiplied by to get the next. Default 2; 1 (the same delay each time) to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public double BackoffRate
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "BackoffRate is 1 to 100; 1 for the same delay each time.");
    } = 2;

    /// <summary>The delay that no other exceeds, before jitter. Default 5 min, or <see cref="InitialDelay"/> where that is longer; 0 to ten years.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public TimeSpan MaxDelay
    {
        get => _maxDelay ?? (InitialDelay > s_defaultMaxDelay ? InitialDelay : s_defaultMaxDelay);
        init => _maxDelay = Delay(value, nameof(MaxDelay));
    }

    /// <summary>How chance changes the delays. Default <see cref="Jitter.Full"/>.</summary>
    public Jitter Jitter { get; init; } = Jitter.Full;

    /// <summary>No attempt of a step begins after its attempts and the delays between them have taken this long; of no account for the attempts of a run. Null (default) for no such limit. Time in which no worker had the run does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or above ten years.</exception>
    public TimeSpan? MaxElapsed
    {
        get;
        init => field = value is null || (value > TimeSpan.Zero && value <= LongestDelay) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxElapsed is positive and at most ten years, or null for no limit.");
    }

    /// <summary>
    /// How long one attempt of a step may take (of no account for the attempts of a run) before its token is canceled and it counts as failed with a <see cref="TimeoutException"/>. Null (default) for no such limit.
    /// The body is still waited for, for <see cref="DurableOptions.AbandonAfter"/>; what it returns by then counts, what it throws does not.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or above 30 days.</exception>
    public TimeSpan? AttemptTimeout
    {
        get;
        init => field = value is null || (value > TimeSpan.Zero && value <= LongestAttempt) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "AttemptTimeout is positive and at most 30 days, or null for no limit.");
    }

    /// <summary>Only exceptions of these types, or derived from them, are tried again; for the attempts of a run also failures of steps that were caused by them. Empty (default) for all.</summary>
    public IReadOnlyList<Type> RetryOn { get; init; } = [];

    /// <summary>Exceptions of these types, or derived from them, are never tried again, whatever else says so. Default none.</summary>
    public IReadOnlyList<Type> NeverRetryOn { get; init; } = [];

    /// <summary>Only exceptions whose message this regular expression finds a match in are tried again. Null (default) for all. A search that takes longer than a second counts as no match.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public string? RetryOnMessage
    {
        get;
        init
        {
            field = value;
            _message = value is null ? null : new Regex(value, RegexOptions.CultureInvariant, s_matchTimeout);
        }
    }

    /// <summary>Asked last, of an attempt that everything else would try again; false ends the attempts. Null (default) for yes. Must be quick and safe to call from many threads; if it throws, there is no further attempt.</summary>
    public Func<RetryAttempt, bool>? RetryWhen { get; init; }

    /// <summary>The delay after a failed attempt: <c>InitialDelay x BackoffRate^(attempt - 1)</c>, at most <see cref="MaxDelay"/>, changed by <see cref="Jitter"/>. A pure function.</summary>
    /// <param name="attempt">Which attempt failed, counted from 1.</param>
    /// <param name="chance">What chance says, from 0 to 1; of no account without jitter.</param>
    public TimeSpan DelayAfter(int attempt, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        // The power may be infinite, and nothing times infinity is no number.
        var ticks = InitialDelay == TimeSpan.Zero ? 0 : Math.Min(InitialDelay.Ticks * Math.Pow(BackoffRate, attempt - 1), MaxDelay.Ticks);
        return new TimeSpan((long)(Jitter switch
        {
            Jitter.Full => ticks * chance,
            Jitter.Equal => (ticks / 2) + (ticks / 2 * chance),
            _ => ticks,
        }));
    }

    /// <summary>The delay before the next attempt, or null when there is none. A pure function, but for what the user's own code does: <see cref="RetryWhen"/>, and members of the exception.</summary>
    internal TimeSpan? DelayAfter(RetryAttempt failed, double chance)
    {
        if (failed.Number >= MaxAttempts || !IsRetried(failed))
            return null;
        var delay = (failed.Exception as IRetryAfter)?.RetryAfter is { } own && own >= TimeSpan.Zero
            ? own < LongestDelay ? own : LongestDelay
            : DelayAfter(failed.Number, chance);
        return MaxElapsed is { } most && failed.Elapsed + delay > most ? null : delay;
    }

    private bool IsRetried(RetryAttempt failed)
    {
        var exception = failed.Exception;
        return (RetryOn.Count == 0 || IsAny(RetryOn, exception))
            && !IsAny(NeverRetryOn, exception)
            && (_message is null || Matches(_message, exception.Message))
            && (RetryWhen is null || RetryWhen(failed));
    }

    private static bool IsAny(IReadOnlyList<Type> types, Exception exception)
    {
        foreach (var type in types)
        {
            if (type.IsInstanceOfType(exception) || (exception is StepFailedException step && step.Error.Is(type)))
                return true;
        }

        return false;
    }

    private static bool Matches(Regex pattern, string message)
    {
        try
        {
            return pattern.IsMatch(message);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static TimeSpan Delay(TimeSpan value, string name)
        => value >= TimeSpan.Zero && value <= LongestDelay ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} is 0 to ten years.");
}
