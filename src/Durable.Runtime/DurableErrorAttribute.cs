namespace Durable;

/// <summary>
/// Marks an exception type of your own that comes back with its data: where a step fails by it, it is the <see cref="Exception.InnerException"/> of the <see cref="StepFailedException"/>
/// (also of a <see cref="StepTimeoutException"/>, and of the <see cref="RunFailedException"/> where the run fails by it), equal in type, message and data on the first run and on every replay.
/// </summary>
/// <remarks>
/// <para>Stored are the public properties that the type and its bases below <see cref="Exception"/> declare, as payloads are (<see cref="DurableLimits.MaxPayloadBytes"/> in all), with the same attributes; properties that only compute are not.
/// It is made again by the constructor marked <c>[JsonConstructor]</c>, or else by the public or internal one that brings back most: each parameter has the name and type of such a property, or is <c>message</c> (a string: the recorded message) or <c>innerException</c>
/// (the nearest inner error of a marked type; null without one). Then the other properties are set that can be. What cannot be made again does not compile (DUR5008).</para>
/// <para>Where an error wraps others, <see cref="Exception.InnerException"/> is the outermost of a marked type. All that was recorded stands in <see cref="StepFailedException.Error"/>: also the message, where a constructor makes another one of its data, and the stack, which a rehydrated exception does not have.</para>
/// <para>An exception whose data is too large, cannot be written, or cannot be read again at once is recorded without it; the failure is never lost. Data that other code cannot read any more (the type renamed, a member changed) quarantines the run when it is replayed.
/// What is marked <see cref="SensitiveAttribute"/> is masked in exports. The message is not: leave secrets out of it.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DurableErrorAttribute : Attribute;
