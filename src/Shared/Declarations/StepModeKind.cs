namespace Durable.Declarations;

/// <summary>How often a step's body may run: the members of <c>Durable.StepMode</c>, by their numbers.</summary>
internal enum StepModeKind
{
    AtLeastOnce = 0,
    AtMostOnce = 1,
    AtMostOncePerAttempt = 2,
}
