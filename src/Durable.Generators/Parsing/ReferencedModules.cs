using Durable.Code;
using Durable.Collections;
using Durable.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Parsing;

/// <summary>What a project must know of its surroundings to write <c>AddWorkflows()</c>.</summary>
/// <param name="HasRuntime">True when the project references Durable.</param>
/// <param name="GeneratedNamespace">The namespace of what is generated once for this assembly.</param>
/// <param name="Modules">The modules of referenced assemblies, from <c>global::</c> or an alias on.</param>
internal sealed record ReferencedModules(bool HasRuntime, string GeneratedNamespace, EquatableArray<string> Modules)
{
    private const string AttributeName = "Durable.DurableAssemblyAttribute";

    private static readonly SymbolDisplayFormat s_withoutAlias = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static ReferencedModules Read(Compilation compilation, CancellationToken cancellationToken)
    {
        var space = Parsing.GeneratedNamespace.Of(compilation.AssemblyName);
        if (compilation.GetTypeByMetadataName(AttributeName) is not { } attribute || compilation.GetTypeByMetadataName("Durable.DurableBuilder") is null)
            return new ReferencedModules(false, space, EquatableArray<string>.Empty);
        var runtime = attribute.ContainingAssembly.Name;
        var modules = compilation.SourceModule.ReferencedAssemblySymbols
            // Reading the attributes of every framework assembly on each edit would cost more than everything else here.
            .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == runtime)))
            .Select(assembly => Module(assembly, attribute, compilation, cancellationToken))
            .OfType<string>()
            .OrderBy(module => module, StringComparer.Ordinal)
            .ToEquatableArray();
        return new ReferencedModules(true, space, modules);
    }

    private static string? Module(IAssemblySymbol assembly, INamedTypeSymbol attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var data = assembly.GetAttributes().FirstOrDefault(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute));
        return data?.ConstructorArguments is [{ Value: INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } module }]
            ? $"{Alias(assembly, compilation)}::{module.ToDisplayString(s_withoutAlias)}"
            : null;
    }

    /// <summary>What an assembly's names start from in this project, which may reference it under an alias alone.</summary>
    private static string Alias(IAssemblySymbol assembly, Compilation compilation)
        => compilation.GetMetadataReference(assembly)?.Properties.Aliases is { Length: > 0 } aliases && !aliases.Contains(MetadataReferenceProperties.GlobalAlias) ? CodeText.Identifier(aliases[0]) : MetadataReferenceProperties.GlobalAlias;
}
