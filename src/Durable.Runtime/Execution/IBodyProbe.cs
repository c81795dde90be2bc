namespace Durable.Execution;

/// <summary>Watches step bodies, and may hold one for ever: how a test counts them, or lets a host die inside one.</summary>
internal interface IBodyProbe
{
    /// <summary>Before the body's first line. The body starts when this completes.</summary>
    ValueTask StartsAsync(string runId, string stepId);

    /// <summary>After the body has returned or thrown, before its outcome is looked at. The engine goes on when this completes.</summary>
    ValueTask EndsAsync(string runId, string stepId);
}
