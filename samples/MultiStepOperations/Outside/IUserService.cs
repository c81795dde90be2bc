namespace MultiStepOperations;

/// <summary>Creates users and returns their ids. Called again with the same token, it returns the user that it created.</summary>
public interface IUserService
{
    Task<string> CreateAsync(string username, string email, Guid token);
}
