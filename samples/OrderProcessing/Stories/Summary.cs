namespace OrderProcessing;

/// <summary>What came of it: runs as the store knows them, charges as the outside world saw them.</summary>
public sealed class Summary(IReadOnlyList<ProcessedOrder> orders, IReadOnlyList<LedgerLine> ledger, DateTimeOffset started)
{
    public override string ToString()
    {
        var receipts = orders.Where(order => order.Receipt is not null).Select(order => order.Receipt!).ToList();
        var before = orders.Count(order => order.Run.EndedAt < started);
        var completedBefore = orders.Count(order => order.Receipt is not null && order.Run.EndedAt < started);
        var resumed = orders.Count(order => order.Run.CreatedAt < started && order.Run.EndedAt >= started);
        var charges = CallsOf(StepNames.ChargeCustomer);
        var once = charges.Count(order => order.Select(line => line.Token).Distinct().Count() == 1);
        var refused = charges.Sum(order => order.Count(line => line.Refused));
        var repeated = charges.Sum(order => order.Count() - 1) - refused;
        var confirmed = receipts.Count(receipt => receipt.IsConfirmed);
        var totals = receipts.GroupBy(receipt => receipt.Currency, receipt => receipt.Amount)
            .OrderBy(group => group.Key, StringComparer.Ordinal);

        return $"""

            {(before == orders.Count ? "Everything is done already: no step ran." : "All done.")}
              Orders     {orders.Count}
              Completed  {receipts.Count} ({completedBefore} before, {receipts.Count - completedBefore} now)
              Resumed    {resumed} (left unfinished by an earlier process)
              Charged    {once} of {orders.Count} once, says the ledger ({repeated} calls repeated with the same token)
              Refused    {refused} calls, by a busy payment gateway
              Refunded   {CallsOf(StepNames.RefundCustomer).Count} of {orders.Count - receipts.Count} that the archive did not take
              Confirmed  {confirmed} of {receipts.Count} ({receipts.Count - confirmed} in doubt: a process died in it)
              Amount     {string.Join(", ", totals.Select(group => $"{group.Sum():N2} {group.Key}"))}
            """;
    }

    private ILookup<string, LedgerLine> CallsOf(string step)
    {
        var ids = orders.Select(order => order.Order.Id).ToHashSet();
        return ledger.Where(line => line.Step == step && ids.Contains(line.Order)).ToLookup(line => line.Order);
    }
}
