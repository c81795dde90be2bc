using Durable.Storage.Contract.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Storage.Contract.Tests;

public sealed class ContainerTests
{
    [Fact]
    public async Task The_workflows_of_the_scenarios_are_no_trouble_to_a_container_that_is_validated()
    {
        var services = new ServiceCollection().AddDurable(durable => durable.UseInMemory().AddWorkflows());
        Assert.Contains(services, service => service.ServiceType == typeof(Letters));

        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.NotNull(provider.GetRequiredService<IDurableClient>());
    }
}
