using Durable.TestKit;

namespace Durable.Runtime.Tests;

/// <summary>What users see changes on purpose only: a difference to the accepted file is a decision to be reviewed.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Durable_Runtime() => Snapshot.Matches(PublicApi.Describe(typeof(IDurableClient).Assembly), extension: "txt");
}
