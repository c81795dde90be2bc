namespace Durable.Soak.Tests;

/// <summary>How long a soak is, and which.</summary>
/// <param name="Kills">How many processes are killed before healing; <c>DURABLE_KILLS</c>.</param>
/// <param name="Seed">Decides who dies when and how; <c>DURABLE_SEED</c>. What the threads of a process do meanwhile is not decided by it.</param>
internal sealed record SoakSettings(int Kills, int Seed)
{
    public static SoakSettings Read()
        => new(Number("DURABLE_KILLS") ?? 20, Number("DURABLE_SEED") ?? Random.Shared.Next());

    /// <summary>A command that does the same once more.</summary>
    public override string ToString() => $"DURABLE_SEED={Seed} DURABLE_KILLS={Kills} dotnet test tests/Durable.Soak.Tests";

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
