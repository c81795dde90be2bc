using System.Globalization;

namespace Durable;

/// <summary>An attempt took too long: what the policy and the history see of it.</summary>
internal sealed class AttemptTimeoutException(int attempt, TimeSpan timeout, Exception? innerException)
    : TimeoutException($"Attempt {attempt.ToString(CultureInfo.InvariantCulture)} took longer than {timeout:c}, the AttemptTimeout of its policy.", innerException);
