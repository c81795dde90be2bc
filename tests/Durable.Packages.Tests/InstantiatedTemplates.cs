namespace Durable.Packages.Tests;

/// <summary>Projects made by <c>dotnet new</c> from the packed templates, in a hive of their own, and built. Their names are no C# names, as a user's often are not.</summary>
public sealed class InstantiatedTemplates(PackageFeed feed) : IAsyncLifetime
{
    private static readonly string[] s_workers = ["My-App", "1st"];
    private static readonly string[] s_webs = ["Acme.Durable", "my web, 2nd"];

    public static TheoryData<string> Workers => [.. s_workers];

    public static TheoryData<string> Webs => [.. s_webs];

    public static TheoryData<string> All => [.. s_workers, .. s_webs];

    public async Task InitializeAsync()
    {
        await NewAsync("install", feed.PathOf("Durable.Templates"));
        foreach (var name in s_workers)
            await NewAsync("durable-worker", "--name", name, "--output", FolderOf(name));
        foreach (var name in s_webs)
            await NewAsync("durable-web", "--name", name, "--output", FolderOf(name));
        await feed.BuildAllAsync("templates.slnx", s_workers.Concat(s_webs).Select(name => Path.Combine(FolderOf(name), name + ".csproj")));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public string FolderOf(string name) => Path.Combine(feed.Folder, "new", name);

    /// <summary>The built program.</summary>
    public string ProgramOf(string name) => Path.Combine(FolderOf(name), "bin", "Debug", "net10.0", name + ".dll");

    private async Task NewAsync(params string[] arguments) => (await feed.RunAsync("new", [.. arguments, "--debug:custom-hive", Path.Combine(feed.Folder, "hive")])).Expect(0);
}
