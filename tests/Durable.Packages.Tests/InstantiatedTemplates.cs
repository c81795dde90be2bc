namespace Durable.Packages.Tests;

/// <summary>Projects made by <c>dotnet new</c> from the packed templates, in a hive of their own, and built. Their names are no C# names, as a user's often are not.</summary>
public sealed class InstantiatedTemplates(PackageFeed feed) : IAsyncLifetime
{
    public const string Worker = "my-worker";
    public const string Web = "my-web";

    public async Task InitializeAsync()
    {
        await NewAsync("install", feed.PathOf("Durable.Templates"));
        await NewAsync("durable-worker", "--name", Worker, "--output", FolderOf(Worker));
        await NewAsync("durable-web", "--name", Web, "--output", FolderOf(Web));
        await feed.BuildAllAsync("templates.slnx", new[] { Worker, Web }.Select(name => Path.Combine(FolderOf(name), name + ".csproj")));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public string FolderOf(string name) => Path.Combine(feed.Folder, "new", name);

    /// <summary>The built program.</summary>
    public string ProgramOf(string name) => Path.Combine(FolderOf(name), "bin", "Debug", "net10.0", name + ".dll");

    private async Task NewAsync(params string[] arguments) => (await feed.RunAsync("new", [.. arguments, "--debug:custom-hive", Path.Combine(feed.Folder, "hive")])).Expect(0);
}
