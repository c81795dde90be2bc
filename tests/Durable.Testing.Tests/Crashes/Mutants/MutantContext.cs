using System.Reflection;
using System.Runtime.Loader;

namespace Durable.Testing.Tests.Crashes.Mutants;

/// <summary>A second copy of everything of Durable in this process, over another engine.</summary>
/// <param name="engine">The engine's assembly.</param>
internal sealed class MutantContext(byte[] engine) : AssemblyLoadContext("Mutant", isCollectible: true)
{
    /// <summary>What is the first to notice a mistake of this engine; null when nobody does.</summary>
    public string? Check()
    {
        var tests = LoadFromAssemblyName(typeof(MutantContext).Assembly.GetName());
        return (string?)tests.GetType(typeof(EngineCheck).FullName!)!.GetMethod(nameof(EngineCheck.Run))!.Invoke(null, null);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "Durable.Runtime")
            return LoadFromStream(new MemoryStream(engine));
        return assemblyName.Name?.StartsWith("Durable.", StringComparison.Ordinal) == true
            ? LoadFromStream(new MemoryStream(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"))))
            : null;
    }
}
