namespace MultiStepOperations;

/// <summary>Stands in for the outside world: notes in the ledger each call that arrives, and what it answers.</summary>
public sealed class OutsideServices(Ledger ledger, Trouble trouble) : IUserService, IProfileService
{
    public Task<string> CreateAsync(string username, string email, Guid token)
        => AnswerAsync(StepNames.CreateUser, "The user service", username, $"user-{username}", token);

    public Task<string> CreateAsync(string username, string userId, string bio, Guid token)
        => AnswerAsync(StepNames.CreateProfile, "The profile service", username, $"profile-of-{userId}", token);

    private Task<string> AnswerAsync(string step, string service, string username, string id, Guid token)
    {
        var earlier = ledger.Read(username);
        if (Trouble.IsDue(earlier, username, step))
        {
            trouble.Strike(new LedgerLine(username, step, Answer.Refused, token));
            return Task.FromException<string>(new ServiceDownException($"{service} is down."));
        }

        var known = earlier.Any(line => line.Answer == Answer.Created && line.Token == token);
        ledger.Append(new LedgerLine(username, step, known ? Answer.Known : Answer.Created, token));
        return Task.FromResult(id);
    }
}
