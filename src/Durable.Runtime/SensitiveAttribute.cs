namespace Durable;

/// <summary>Masks a value wherever arguments and payloads are shown: it appears as <c>***</c>, also when it is null, in recorded arguments (<see cref="DurableOptions.RecordArguments"/>) and in exports, and not at all in what the engine logs or says in its exceptions.</summary>
/// <remarks>
/// Stands on a parameter of a workflow or step, on its result (<c>[return: Sensitive]</c>), on a stored member of a type, on the member of an interface or base class that such a one implements, overrides or hides, and on the parameter of a constructor, as of a record, that sets it.
/// What replay needs is stored as it is: input, results and the values that workflow code gets are not touched, and fingerprints do not change. A step's key is part of its id and cannot be masked (DUR5005).
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue)]
public sealed class SensitiveAttribute : Attribute;
