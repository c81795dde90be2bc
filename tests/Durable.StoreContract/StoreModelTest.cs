using System.Globalization;
using Durable.Storage.Contract.Model;
using Xunit.Abstractions;

namespace Durable.Storage.Contract;

/// <summary>
/// Random sequences of 40 operations on the store and on a deliberately naive model of <see cref="IRunStore"/>: every answer is the same, and in the end everything
/// that is visible is. 1,000 sequences; <c>DURABLE_MODEL_SEQUENCES</c> asks for another number, <c>DURABLE_MODEL_SEED</c> for the seed of a test that failed.
/// </summary>
/// <param name="factory">Makes the store under test.</param>
/// <param name="output">Where the seed is printed.</param>
public abstract class StoreModelTest(StoreFactory factory, ITestOutputHelper output) : IAsyncLifetime
{
    private const int DefaultSequences = 1_000;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await factory.DisposeAsync();

    [Fact]
    public async Task Random_sequences_of_operations_have_the_answers_of_the_model()
    {
        var sequences = Environment.GetEnvironmentVariable("DURABLE_MODEL_SEQUENCES") is { Length: > 0 } count ? int.Parse(count, CultureInfo.InvariantCulture) : DefaultSequences;
        var seed = Environment.GetEnvironmentVariable("DURABLE_MODEL_SEED") is { Length: > 0 } text ? ModelSeed.Parse(text) : ModelSeed.New();
        output.WriteLine($"{sequences} sequences from DURABLE_MODEL_SEED={seed}");

        var failure = await new ModelCheck(factory).RunAsync(sequences, seed);

        Assert.True(failure is null, $"""
            The store and the model disagree. Repeat it with
                DURABLE_MODEL_SEED={failure?.Seed} dotnet test --filter {GetType().Name}
            {failure?.Transcript}
            """);
    }
}
