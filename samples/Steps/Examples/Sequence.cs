using Durable;

namespace Steps;

/// <summary>Three steps, each built on what came before. A process that dies in the second does not fetch the user again.</summary>
public sealed partial class Sequence(Accident accident)
{
    [Workflow] public partial Task<string> WelcomeAsync(string userId);

    [Step] private partial Task<User> FetchUserAsync(string userId);
    [Step] private partial Task<bool> ValidateUserAsync(User user);
    [Step] private partial Task<string> SendNotificationAsync(User user);

    private async Task<string> WelcomeAsyncCore(string userId)
    {
        var user = await FetchUserAsync(userId);
        return await ValidateUserAsync(user)
            ? await SendNotificationAsync(user)
            : "invalid user";
    }

    private static User FetchUserAsyncCore(string userId)
    {
        Console.WriteLine($"  fetching {userId}");
        return new User(userId, "Jo Marsh", "jo@example.com");
    }

    private bool ValidateUserAsyncCore(User user)
    {
        Console.WriteLine($"  validating {user.Name}");
        accident.Strike();
        return user.Email is not null;
    }

    private static string SendNotificationAsyncCore(User user)
    {
        Console.WriteLine($"  notifying {user.Name}");
        return $"sent to {user.Email}";
    }

    /// <summary>Somebody who is welcome.</summary>
    public sealed record User(string Id, string Name, string? Email);
}
