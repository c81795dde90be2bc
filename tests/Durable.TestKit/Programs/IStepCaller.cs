using Durable.CompilerServices;

namespace Durable.TestKit.Programs;

/// <summary>Who answers the calls of a random program: the engine, or a model of it.</summary>
public interface IStepCaller
{
    /// <summary>Calls a step.</summary>
    /// <param name="workflow">The scope of the call.</param>
    /// <param name="step">The step.</param>
    /// <param name="arguments">Its arguments.</param>
    Task<TResult> CallAsync<TResult>(WorkflowContext workflow, StepDefinition<ProgramCall, TResult> step, ProgramCall arguments);
}
