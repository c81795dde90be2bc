using Durable.TestKit;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Whole outputs, where the output as a whole is the point.</summary>
public sealed class OutputTests
{
    [Fact]
    public void An_order_workflow()
    {
        var generation = Generation.Of(Samples.Order).Compiles();
        foreach (var (file, text) in generation.Files)
            Snapshot.Matches(text, file.Replace(".g.cs", ""));
    }
}
