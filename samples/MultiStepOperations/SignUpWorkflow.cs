using Durable;

namespace MultiStepOperations;

/// <summary>Create a user, then a profile for that user: two operations, each remembered on its own.</summary>
public sealed partial class SignUpWorkflow(IUserService users, IProfileService profiles)
{
    // What is durable. The generator writes these halves.
    [Workflow] public partial Task<SignUp> CreateUserWithProfileAsync(string username, string email, string bio);

    [Step] private partial Task<string> CreateUserAsync([StepKey] string username, string email);
    [Step] private partial Task<string> CreateProfileAsync([StepKey] string username, string userId, string bio);

    // What they do: plain C#. No catch: a failure that is let through fails the run, and a failed run can be resumed.
    private async Task<SignUp> CreateUserWithProfileAsyncCore(string username, string email, string bio)
    {
        var userId = await CreateUserAsync(username, email);
        var profileId = await CreateProfileAsync(username, userId, bio);
        return new SignUp(userId, profileId);
    }

    private Task<string> CreateUserAsyncCore(string username, string email, StepContext step)
        => users.CreateAsync(username, email, step.IdempotencyToken);

    private Task<string> CreateProfileAsyncCore(string username, string userId, string bio, StepContext step)
        => profiles.CreateAsync(username, userId, bio, step.IdempotencyToken);
}
