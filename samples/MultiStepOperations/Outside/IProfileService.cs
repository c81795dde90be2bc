namespace MultiStepOperations;

/// <summary>Creates profiles of users and returns their ids. Called again with the same token, it returns the profile that it created.</summary>
public interface IProfileService
{
    Task<string> CreateAsync(string username, string userId, string bio, Guid token);
}
