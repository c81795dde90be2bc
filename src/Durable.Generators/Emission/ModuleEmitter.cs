using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the assembly's module, and in each type the method that registers it: private nested types can be named only from within.</summary>
internal static class ModuleEmitter
{
    public static string Emit(IReadOnlyList<Registration> registrations)
    {
        var space = registrations[0].Container.GeneratedNamespace;
        var writer = CodeWriter.File();
        writer.Line($"[assembly: global::Durable.DurableAssembly(typeof(global::{space}.DurableModule))]");
        writer.Line();
        writer.Open($"namespace {space}");
        writer.Line("/// <summary>The workflows and steps of this assembly.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Open($"public sealed class DurableModule : {Names.Services}DurableModule");
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public override void Register({Names.Registration} registration)");
        var roots = registrations.GroupBy(registration => (registration.Container.Namespace, Root: registration.Container.Types[0])).ToList();
        foreach (var root in roots)
            writer.Line($"global::{Qualified(root.Key.Namespace, root.Key.Root.Name)}.{DeclarationNames.RegisterMethod}(registration);");
        writer.Close();
        writer.Close();
        writer.Close();
        foreach (var root in roots)
        {
            writer.Line();
            if (root.Key.Namespace.Length > 0)
                writer.Open($"namespace {root.Key.Namespace}");
            EmitType(writer, [.. root], depth: 0);
            if (root.Key.Namespace.Length > 0)
                writer.Close();
        }

        return writer.ToString();
    }

    /// <summary>One level of nesting: the type itself, if it declares anything, then the types within.</summary>
    private static void EmitType(CodeWriter writer, IReadOnlyList<Registration> registrations, int depth)
    {
        var type = registrations[0].Container.Types[depth];
        var own = registrations.FirstOrDefault(registration => registration.Container.Types.Count == depth + 1);
        var nested = registrations.Where(registration => registration.Container.Types.Count > depth + 1)
            .GroupBy(registration => registration.Container.Types[depth + 1])
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .ToList();
        writer.Open($"partial {type.Keyword} {type.Name}");
        writer.Line(Names.GeneratedCode);
        writer.Open($"internal static void {DeclarationNames.RegisterMethod}({Names.Registration} registration)");
        if (own is { Container.IsService: true })
            writer.Line($"registration.AddService<{own.Container.FullName}>();");
        foreach (var workflow in own?.Workflows ?? [])
            writer.Line($"registration.AddWorkflow({workflow}.{Names.Definition});");
        foreach (var group in nested)
            writer.Line($"{group.Key.Name}.{DeclarationNames.RegisterMethod}(registration);");
        writer.Close();
        foreach (var group in nested)
        {
            writer.Line();
            EmitType(writer, [.. group], depth + 1);
        }

        writer.Close();
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : space + "." + name;
}
