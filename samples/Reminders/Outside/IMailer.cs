namespace Reminders;

/// <summary>Sends mails. One that is handed over again under the same token is sent once.</summary>
public interface IMailer
{
    Task SendAsync(string kind, string user, Guid token);
}
