namespace Durable.Packages.Tests;

/// <summary>All tests share one feed: packing happens once.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "packages";
}
