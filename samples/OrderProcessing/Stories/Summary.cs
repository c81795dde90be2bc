namespace OrderProcessing;

/// <summary>What came of it: runs as the store knows them, charges as the outside world saw them.</summary>
public sealed class Summary(IReadOnlyList<ProcessedOrder> orders, IReadOnlyList<LedgerLine> ledger, DateTimeOffset started)
{
    public override string ToString()
    {
        var before = orders.Count(order => order.Run.EndedAt < started);
        var resumed = orders.Count(order => order.Run.CreatedAt < started && order.Run.EndedAt >= started);
        var ids = orders.Select(order => order.Receipt.OrderId).ToHashSet();
        var charges = ledger.Where(line => line.Step == StepNames.ChargeCustomer && ids.Contains(line.Order))
            .ToLookup(line => line.Order);
        var once = charges.Count(order => order.Select(line => line.Token).Distinct().Count() == 1);
        var refused = charges.Sum(order => order.Count(line => line.Refused));
        var repeated = charges.Sum(order => order.Count() - 1) - refused;
        var confirmed = orders.Count(order => order.Receipt.IsConfirmed);
        var totals = orders.GroupBy(order => order.Receipt.Currency, order => order.Receipt.Amount)
            .OrderBy(group => group.Key, StringComparer.Ordinal);

        return $"""

            {(before == orders.Count ? "Everything is done already: no step ran." : "All done.")}
              Orders     {orders.Count}
              Completed  {orders.Count} ({before} before, {orders.Count - before} now)
              Resumed    {resumed} (left unfinished by an earlier process)
              Charged    {once} of {orders.Count} once, says the ledger ({repeated} calls repeated with the same token)
              Refused    {refused} calls, by a busy payment gateway
              Confirmed  {confirmed} of {orders.Count} ({orders.Count - confirmed} in doubt: a process died in it)
              Amount     {string.Join(", ", totals.Select(group => $"{group.Sum():N2} {group.Key}"))}
            """;
    }
}
