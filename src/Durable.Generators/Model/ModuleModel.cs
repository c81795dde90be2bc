using Durable.Collections;

namespace Durable.Generators.Model;

/// <summary>What the assembly's module registers.</summary>
/// <param name="Registrations">Types with workflows and steps.</param>
/// <param name="InlineSteps">Inline steps, by their names and results.</param>
/// <param name="SensitiveResults">Inline steps and waits whose results are masked where payloads are shown.</param>
/// <param name="Errors">Exception types that come back with their data.</param>
internal sealed record ModuleModel(
    EquatableArray<Registration> Registrations, EquatableArray<StepResult> InlineSteps, EquatableArray<SensitiveResult> SensitiveResults, EquatableArray<ErrorModel> Errors)
{
    /// <summary>True for a module that registers something.</summary>
    public bool IsNeeded => Registrations.Count > 0 || InlineSteps.Count > 0 || SensitiveResults.Count > 0 || Errors.Count > 0;
}
