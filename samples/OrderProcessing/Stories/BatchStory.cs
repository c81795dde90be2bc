using Durable;

namespace OrderProcessing;

/// <summary>Many orders in one run, which fails in the middle and is resumed.</summary>
public sealed class BatchStory(IDurableClient client, Batch batch, Ledger ledger, int? atOnce) : IStory
{
    private readonly int _bodiesBefore = CountBodies(ledger);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"Shipping {batch.Orders.Count} orders in one run{(atOnce is null ? "" : $", {atOnce} at a time")}.");
        var run = atOnce is { } several
            ? await client.StartAsync(ShipmentWorkflow.ShipTogetherCall(batch.Orders, several), Batch.RunIdTogether, cancellationToken: cancellationToken)
            : await client.StartAsync(ShipmentWorkflow.ShipOrdersCall(batch.Orders), Batch.RunId, cancellationToken: cancellationToken);
        try
        {
            await run.GetResultAsync(cancellationToken);
        }
        catch (RunFailedException exception)
        {
            Console.WriteLine(exception.Message);
            Console.WriteLine($"Before the resume: {CountBodies(ledger)} step bodies ran.");
            await run.ResumeAsync(cancellationToken: cancellationToken);
        }

        var parcels = await run.GetResultAsync(cancellationToken);
        var bodies = CountBodies(ledger);
        Console.WriteLine(bodies == _bodiesBefore
            ? $"Everything is done already: {parcels} parcels are shipped, no step ran."
            : $"All done: {parcels} parcels are shipped. {bodies} step bodies ran in all, {bodies - _bodiesBefore} of them now.");
    }

    private static int CountBodies(Ledger ledger) => ledger.Read().Count(line => line.Step == StepNames.ShipOrder);
}
