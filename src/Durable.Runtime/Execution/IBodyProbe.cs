namespace Durable.Execution;

/// <summary>Watches step bodies, and may hold one for ever: how a test counts them, or lets a host die inside one.</summary>
internal interface IBodyProbe
{
    /// <summary>Before the body's first line. The body starts when this completes.</summary>
    /// <param name="step">What the body is given.</param>
    /// <param name="fingerprint">The fingerprint of its arguments.</param>
    ValueTask StartsAsync(StepContext step, long fingerprint);

    /// <summary>After the body has returned or thrown, before its outcome is looked at. The engine goes on when this completes.</summary>
    /// <param name="step">What the body was given.</param>
    ValueTask EndsAsync(StepContext step);
}
