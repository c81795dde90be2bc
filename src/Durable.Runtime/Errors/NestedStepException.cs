namespace Durable;

/// <summary>A durable call was made inside a step's body. A step is the unit that is checkpointed; it cannot hold another.</summary>
public sealed class NestedStepException : DurableException
{
    internal NestedStepException(string called, string outer)
        : base($"'{called}' was called inside the body of step '{outer}'. Call both from the workflow, or call what it does directly (of a [Step] method that is its Core method) where that needs no checkpoint of its own.") { }
}
