namespace OrderProcessing;

/// <summary>Stands in for the whole outside world: notes each call in the ledger before it does anything else.</summary>
public sealed class OutsideServices(Ledger ledger, CrashPlan crash, Chaos chaos, Batch batch, Settings settings) : IPayments, IMailer, IOrderArchive, ICarrier
{
    public async Task<Charge> ChargeAsync(string orderId, decimal amount, string currency, Guid token)
    {
        var refused = chaos.IsOn && chaos.Refuses(orderId, ledger.Read().Count(line => line.Order == orderId && line.Step == StepNames.ChargeCustomer));
        await CallAsync(orderId, StepNames.ChargeCustomer, token, refused);
        return refused
            ? throw new GatewayBusyException("The payment gateway is busy.")
            : new Charge($"ch_{token:N}");
    }

    public Task RefundAsync(string orderId, string chargeId, Guid token) => CallAsync(orderId, StepNames.RefundCustomer, token);

    public Task SendAsync(string orderId, string email, Guid token) => CallAsync(orderId, StepNames.SendConfirmation, token);

    public async Task SaveAsync(string orderId, string chargeId, Guid token)
    {
        await CallAsync(orderId, StepNames.SaveOrder, token);
        if (orderId == settings.RefusedOrder)
            throw new OrderRefusedException($"The archive does not take order {orderId}.");
    }

    public async Task<string> ShipAsync(string orderId, string customer, Guid token)
    {
        // The ledger knows about first contacts, also those that an earlier process made.
        var refused = orderId == batch.Troubled.Id && !ledger.Read().Any(line => line.Order == orderId && line.Step == StepNames.ShipOrder);
        await CallAsync(orderId, StepNames.ShipOrder, token);
        return refused
            ? throw new CarrierException($"No van is free for order {orderId}; ask again later.")
            : $"parcel-{token:N}";
    }

    private Task CallAsync(string orderId, string step, Guid token, bool refused = false)
    {
        ledger.Append(new LedgerLine(orderId, step, token, refused));
        crash.OnBodyStarted(step);
        return Task.Delay(settings.Latency);
    }
}
