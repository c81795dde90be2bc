using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Packages.Tests;

[Collection(PackageCollection.Name)]
public sealed class CompilerPartTests(PackageFeed feed)
{
    [Fact]
    public async Task A_mistake_is_an_error_of_the_package_also_behind_a_store()
    {
        var project = WriteMistake("Refused");

        var result = (await feed.BuildAsync(project)).Expect(1);

        Assert.True(result.Output.Contains("CountWorkflow.cs(5,41): error DUR1005: "), result.ToString());
        // The generator writes the half all the same, so that the compiler adds no complaint of its own.
        Assert.DoesNotContain("error CS", result.Output);
    }

    [Fact]
    public async Task A_fix_of_the_package_mends_the_mistake_in_the_sdks_own_tool()
    {
        var project = WriteMistake("Mended");
        (await feed.RestoreAsync(project)).Expect(0);

        (await feed.RunAsync("format", "analyzers", project, "--diagnostics", "DUR1005", "--severity", "error", "--no-restore")).Expect(0);

        Assert.Contains("CountAsyncCore(WorkflowContext workflow)", File.ReadAllText(Path.Combine(Path.GetDirectoryName(project)!, "CountWorkflow.cs")));
        (await feed.BuildAsync(project)).Expect(0);
    }

    [Fact]
    public void Each_fix_in_the_package_loads_and_mends_what_its_rules_report()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(feed.PathOf("Durable.Runtime"), folder.Path);
        var parts = Path.Combine(folder.Path, "analyzers", "dotnet", "cs");
        var context = new AssemblyLoadContext("package", isCollectible: true);
        // As in an editor: Roslyn is the host's, the rest lies beside.
        context.Resolving += (_, name) => File.Exists(Path.Combine(parts, name.Name + ".dll")) ? context.LoadFromAssemblyPath(Path.Combine(parts, name.Name + ".dll")) : null;
        try
        {
            var rules = Make<DiagnosticAnalyzer>(context.LoadFromAssemblyPath(Path.Combine(parts, "Durable.Analyzers.dll")));
            var fixes = Make<CodeFixProvider>(context.LoadFromAssemblyPath(Path.Combine(parts, "Durable.CodeFixes.dll")));
            var generators = Make<IIncrementalGenerator>(context.LoadFromAssemblyPath(Path.Combine(parts, "Durable.Generators.dll")));

            Assert.NotEmpty(generators);
            var mended = fixes.SelectMany(fix => fix.FixableDiagnosticIds).Where(id => id.StartsWith("DUR", StringComparison.Ordinal)).ToList();
            var reported = rules.SelectMany(rule => rule.SupportedDiagnostics).Select(rule => rule.Id).ToHashSet();
            Assert.NotEmpty(mended);
            Assert.All(mended, id => Assert.Contains(id, reported));
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>A project that names only the store: the generator, the rules and the fixes come with what it depends on.</summary>
    private string WriteMistake(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, name)).FullName;
        var project = Path.Combine(folder, name + ".csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Durable.Sqlite" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "CountWorkflow.cs"), """
            using Durable;

            public sealed partial class CountWorkflow
            {
                [Workflow] public partial Task<int> CountAsync();
            }
            """);
        return project;
    }

    private static List<T> Make<T>(Assembly assembly) => [.. assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
        .Select(type => (T)Activator.CreateInstance(type)!)];
}
