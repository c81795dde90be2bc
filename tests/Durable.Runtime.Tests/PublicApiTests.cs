using System.Reflection;
using System.Runtime.CompilerServices;
using Durable.TestKit;

namespace Durable.Runtime.Tests;

/// <summary>What users see changes on purpose only: a difference to the accepted file is a decision to be reviewed.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Durable_Runtime() => Verify(typeof(IDurableClient).Assembly);

    [Fact]
    public void Durable_Sqlite() => Verify(Assembly.Load("Durable.Sqlite"));

    private static void Verify(Assembly assembly, [CallerMemberName] string test = "") => Snapshot.Matches(PublicApi.Describe(assembly), extension: "txt", method: test);
}
