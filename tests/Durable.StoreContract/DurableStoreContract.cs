namespace Durable.Storage.Contract;

/// <summary>
/// What a store promises that outlives its process, as numbered requirements. The test project of a durable store inherits this class beside <see cref="StoreContract"/>.
/// 10xx closing and opening.
/// </summary>
/// <param name="factory">Makes the store under test; <see cref="StoreFactory.IsDurable"/> is true.</param>
public abstract class DurableStoreContract(StoreFactory factory) : StoreSuite(factory)
{
    [Fact]
    public async Task R1001_Runs_and_checkpoints_are_there_after_closing_and_opening()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        var run = await FindAsync();
        var checkpoint = Assert.Single(await ReadAsync());

        await ReopenAsync();

        var found = await FindAsync();
        Assert.Equal((run.RunId, run.Workflow, run.Status, run.Epoch, run.Worker, run.CreatedAt), (found.RunId, found.Workflow, found.Status, found.Epoch, found.Worker, found.CreatedAt));
        Assert.Equal(WithoutBytes(checkpoint), WithoutBytes(Assert.Single(await ReadAsync())));
    }
}
