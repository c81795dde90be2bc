namespace MultiStepOperations;

/// <summary>A sign-up whose first call comes to grief.</summary>
/// <param name="Name">What the options and the table call it.</param>
/// <param name="Story">What happens, in a sentence.</param>
/// <param name="Username">Who signs up; each situation has a user of its own.</param>
/// <param name="TroubledPlace">Where the trouble strikes, once: a step, or the connection.</param>
public sealed record Situation(string Name, string Story, string Username, string TroubledPlace)
{
    public static readonly IReadOnlyList<Situation> All =
    [
        new("first-step-fails", "the user service is down when Ada signs up.", "ada", StepNames.CreateUser),
        new("second-step-fails", "Grace has a user, and then the profile service is down.", "grace", StepNames.CreateProfile),
        new("answer-lost", "Alan has user and profile, but never hears of it.", "alan", Connection.Place),
    ];

    /// <summary>The run's name: the same call finds the run that exists.</summary>
    public string RunId => $"sign-up-{Username}";
}
