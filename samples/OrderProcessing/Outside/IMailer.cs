namespace OrderProcessing;

/// <summary>Sends mail to customers. Called again, it sends another: the token is for its log only.</summary>
public interface IMailer
{
    Task SendAsync(string orderId, string email, Guid token);
}
