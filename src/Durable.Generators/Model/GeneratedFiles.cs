namespace Durable.Generators.Model;

/// <summary>The names of the files that are generated once for an assembly.</summary>
internal static class GeneratedFiles
{
    public const string Module = "Durable.Module.g.cs";
    public const string AddWorkflows = "Durable.AddWorkflows.g.cs";
    public const string Payloads = "Durable.Payloads.g.cs";

    public static string[] OncePerAssembly { get; } = [Module, AddWorkflows, Payloads];
}
