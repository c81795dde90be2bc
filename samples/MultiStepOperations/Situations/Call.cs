using Durable;

namespace MultiStepOperations;

/// <summary>One call of the same sign-up, and what it made run.</summary>
/// <param name="Number">Which call of this process it was, from 1.</param>
/// <param name="Run">How the run stood afterwards.</param>
/// <param name="Answer">What the caller got; null when it got an error.</param>
/// <param name="Error">The error that the caller got; null when it got an answer.</param>
/// <param name="Before">How things stood before the call.</param>
/// <param name="After">How they stood after it.</param>
public sealed record Call(int Number, RunStatus Run, SignUp? Answer, string? Error, Standing Before, Standing After)
{
    /// <summary>How often the step's body ran because of this call.</summary>
    public int Bodies(string step) => After.Bodies[step] - Before.Bodies[step];

    public override string ToString()
        => $"  call {Number}  {Run,-9}  {(Answer is null ? Error : $"{Answer.UserId}, {Answer.ProfileId}")}";
}
