namespace Durable;

/// <summary>A failed attempt, as <see cref="RetryPolicy.RetryWhen"/> is asked about it.</summary>
/// <param name="Exception">What the body threw; a <see cref="TimeoutException"/> where <see cref="RetryPolicy.AttemptTimeout"/> passed.</param>
/// <param name="Number">Which attempt it was, counted from 1.</param>
/// <param name="Elapsed">The time that all attempts until now and the delays between them took. Time in which no worker had the run does not count.</param>
public readonly record struct RetryAttempt(Exception Exception, int Number, TimeSpan Elapsed);
