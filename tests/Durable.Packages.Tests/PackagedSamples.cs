using Durable.TestKit;

namespace Durable.Packages.Tests;

/// <summary>The samples as a user would have them: copies with package references instead of project references, built with warnings as errors.</summary>
public sealed class PackagedSamples(PackageFeed feed) : IAsyncLifetime
{
    private static readonly string[] s_names = [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. s_names];

    /// <summary>Those that are started and come to their end. Approval has a worker and others beside it.</summary>
    public static TheoryData<string> OfOneProcess => [.. s_names.Where(name => name != "Approval")];

    public async Task InitializeAsync() => await feed.BuildAllAsync("samples.slnx", s_names.Select(name => SampleCopy.Write(feed, name, FolderOf(name))).ToList());

    public Task DisposeAsync() => Task.CompletedTask;

    public string FolderOf(string name) => Path.Combine(feed.Folder, "samples", name);

    public string OutputOf(string name) => Path.Combine(FolderOf(name), "bin", "Debug", "net10.0");
}
