using Durable;

namespace Acme.Billing;

/// <summary>How an application takes Billing in.</summary>
public static class BillingRegistration
{
    /// <summary>Adds what Billing, Shipping and Notices declare: this project's own <c>AddWorkflows()</c>, although Shipping's is visible too.</summary>
    public static DurableBuilder AddBilling(this DurableBuilder durable) => durable.AddWorkflows();
}
