namespace Approval;

/// <summary>The payment provider. What is handed over again under the same token is done once.</summary>
public interface IPayments
{
    Task PayBackAsync(string order, decimal amount, Guid token);

    /// <summary>Tells the customer that there is no money, and why.</summary>
    Task RefuseAsync(string order, string reason, Guid token);
}
