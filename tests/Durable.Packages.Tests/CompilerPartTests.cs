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
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, "Mistake")).FullName;
        var project = Path.Combine(folder, "Mistake.csproj");
        // Only the store is named: the generator and the rules come with what it depends on.
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

        var result = (await feed.BuildAsync(project)).Expect(1);

        Assert.True(result.Output.Contains("CountWorkflow.cs(5,41): error DUR1005: "), result.ToString());
        // The generator writes the half all the same, so that the compiler adds no complaint of its own.
        Assert.DoesNotContain("error CS", result.Output);
    }

    [Fact]
    public void The_fixes_load_from_the_package_and_mend_what_its_rules_report()
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

    private static List<T> Make<T>(Assembly assembly) => [.. assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
        .Select(type => (T)Activator.CreateInstance(type)!)];
}
