using System.Runtime.InteropServices;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Packages.Tests;

/// <summary>
/// What a user has: the packages of this build in a feed, and a folder outside the repository, which inherits none of its settings. Each feed has a version of its own,
/// and restores Durable into its own folder, so that no cache can answer with another build; all else comes from the packages that this machine has.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private static readonly string[] s_folders = ["src", "tests"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>What is released.</summary>
    public static IReadOnlyList<string> Packages { get; } = ["Durable.Runtime", "Durable.Sqlite", "Durable.Testing", "Durable.StoreContract", "Durable.Templates"];

    public string Version { get; } = $"0.0.0-test-{Guid.NewGuid():N}";

    /// <summary>Where a project may be put: under the configuration of the feed.</summary>
    public string Folder => _folder.Path;

    public async Task InitializeAsync()
    {
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(_folder.File("nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="machine" value="{machine}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        var projects = WriteSolution("packages.slnx", Packages.Select(ProjectOf));
        (await DotnetAsync("pack", projects, "--no-build", "--configuration", Configuration, "--output", _folder.File("feed"), $"-p:Version={Version}")).Expect(0);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    public Package Open(string package) => new(PathOf(package));

    /// <summary>What debuggers get of a package.</summary>
    public Package OpenSymbols(string package) => new(Path.ChangeExtension(PathOf(package), ".snupkg"));

    public string PathOf(string package) => Path.Combine(_folder.Path, "feed", $"{package}.{Version}.nupkg");

    /// <summary>Restores from the feed and builds.</summary>
    /// <param name="target">A project or a solution in this folder.</param>
    public Task<ChildResult> BuildAsync(string target) => DotnetAsync("build", target, "-warnaserror", OwnPackages);

    /// <summary>Restores from the feed.</summary>
    /// <param name="target">A project or a solution in this folder.</param>
    public Task<ChildResult> RestoreAsync(string target) => DotnetAsync("restore", target, "-warnaserror", OwnPackages);

    /// <summary>Restores and builds projects in one go.</summary>
    public async Task BuildAllAsync(string name, IEnumerable<string> projects) => (await BuildAsync(WriteSolution(name, projects))).Expect(0);

    /// <summary>Restores from the feed and publishes for the machine that this is.</summary>
    /// <param name="project">A project in this folder.</param>
    /// <param name="output">The folder for what is published.</param>
    /// <param name="settings">Properties of the build, as <c>Name=Value</c>.</param>
    public Task<ChildResult> PublishAsync(string project, string output, params string[] settings)
        => DotnetAsync("publish", [project, "--output", output, "--runtime", RuntimeInformation.RuntimeIdentifier, OwnPackages, .. settings.Select(setting => $"-p:{setting}")]);

    /// <summary>Runs a command of the SDK for as long as it takes: a loaded machine decides how long that is.</summary>
    public async Task<ChildResult> RunAsync(string command, params string[] arguments)
    {
        using var process = ChildProcess.Start(command, _folder.Path, arguments);
        return await process.EndAsync();
    }

    /// <summary>Runs the build tools, with no process left behind that would hold their output open.</summary>
    private Task<ChildResult> DotnetAsync(string command, params string[] arguments) => RunAsync(command, [.. arguments, "-maxCpuCount:1", "-nodeReuse:false"]);

    private string WriteSolution(string name, IEnumerable<string> projects)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>");
        return path;
    }

    private static string ProjectOf(string package) => s_folders.Select(folder => Path.Combine(Repository.Root, folder, package, package + ".csproj")).Single(File.Exists);

    private string OwnPackages => $"-p:RestorePackagesPath={_folder.File("packages")}";

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
}
