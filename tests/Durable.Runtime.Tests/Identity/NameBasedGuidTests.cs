using Durable.Execution;

namespace Durable.Runtime.Tests.Identity;

/// <summary>Tokens that outside services keep: the same for ever.</summary>
public sealed class NameBasedGuidTests
{
    [Theory]
    [InlineData("run-1", "/Charge", "f37b6414-0bd9-5e59-b98e-f99be6c1231d")]
    [InlineData("run-1", "/Charge[order-17]#2", "c788626b-2fba-550a-8431-34fc8d553a06")]
    [InlineData("Ünïcode", "/漢", "7726b9d1-e2d5-5daa-934b-525cc2e5cf03")]
    public void Golden_values_are_for_ever(string runId, string name, string guid) => Assert.Equal(new Guid(guid), NameBasedGuid.Create(runId, name));

    [Fact]
    public void Version_and_variant_are_those_of_a_name_based_uuid()
    {
        for (var i = 0; i < 100; i++)
        {
            var guid = NameBasedGuid.Create("run", $"/step#{i}");
            Assert.Equal(5, guid.Version);
            Assert.InRange(guid.Variant, 8, 11);
        }
    }

    [Fact]
    public void Run_id_and_name_do_not_run_together()
        => Assert.NotEqual(NameBasedGuid.Create("a", "bc"), NameBasedGuid.Create("ab", "c"));

    [Fact]
    public void A_length_in_the_run_id_does_not_fake_another_pair()
        => Assert.NotEqual(NameBasedGuid.Create("a", "2:bc"), NameBasedGuid.Create("a2:", "bc"));
}
