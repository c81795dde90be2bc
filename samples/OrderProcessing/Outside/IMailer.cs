namespace OrderProcessing;

/// <summary>Sends mail to customers. Called again with the same token, it does nothing a second time.</summary>
public interface IMailer
{
    Task SendAsync(string orderId, string email, Guid token);
}
