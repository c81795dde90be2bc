namespace MultiStepOperations;

/// <summary>The last line of the program.</summary>
public static class Verdict
{
    /// <exception cref="PromiseBrokenException">Something ended otherwise than promised.</exception>
    public static string Of(IReadOnlyList<SituationResult> results)
    {
        string[] complaints = [.. results.SelectMany(result => result.Complaints)];
        if (complaints.Length > 0)
            throw new PromiseBrokenException(complaints);

        var bodies = results.SelectMany(result => result.Calls).Sum(call => StepNames.All.Sum(call.Bodies));
        return bodies == 0
            ? "Everything was done already: no step ran, and each caller got the recorded answer."
            : "As promised: no step ran again once it was recorded, and each user and profile was created once.";
    }
}
