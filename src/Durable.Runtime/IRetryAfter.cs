namespace Durable;

/// <summary>Implemented by an exception that knows when trying again makes sense, such as one made of an HTTP answer with <c>Retry-After</c>.</summary>
public interface IRetryAfter
{
    /// <summary>
    /// How long to wait before the next attempt, in place of the delay that the policy computes, without jitter and without <see cref="RetryPolicy.MaxDelay"/>. Null, or a negative value, leaves it to the policy.
    /// Whether there is a next attempt is for the policy to say.
    /// </summary>
    TimeSpan? RetryAfter { get; }
}
