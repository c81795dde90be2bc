namespace Durable.Execution;

/// <summary>Where the current code belongs, as it flows with its <see cref="ExecutionContext"/>: a scope of workflow code, a step's body, or neither.</summary>
internal static class Ambient
{
    private static readonly AsyncLocal<object?> s_place = new();

    /// <summary>The scope of workflow code, or null.</summary>
    public static RunScope? Scope => s_place.Value as RunScope;

    /// <summary>The step whose body this is, or null.</summary>
    public static string? StepBody => s_place.Value as string;

    /// <summary>Says that what follows in this asynchronous method is workflow code of a scope.</summary>
    public static void Enter(RunScope scope) => s_place.Value = scope;

    /// <summary>Says that what follows in this asynchronous method is the body of a step.</summary>
    public static void EnterStepBody(string stepId) => s_place.Value = stepId;
}
