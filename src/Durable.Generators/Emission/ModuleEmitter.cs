using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads;

namespace Durable.Generators.Emission;

/// <summary>Writes the assembly's module, and in each type the method that registers it: private nested types can be named only from within.</summary>
internal static class ModuleEmitter
{
    public static string Emit(string space, ModuleModel module)
    {
        var registrations = module.Registrations;
        var writer = CodeWriter.File();
        writer.Line($"[assembly: global::Durable.DurableAssembly(typeof(global::{space}.DurableModule))]");
        writer.Line();
        writer.Open($"namespace {space}");
        writer.Line("/// <summary>The workflows and steps of this assembly.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Open($"public sealed class DurableModule : {Names.Services}DurableModule");
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override void Register({Names.Registration} registration) => Add(registration);");
        writer.Line();
        writer.Line(Names.UsesObsolete);
        writer.Open($"private static void Add({Names.Registration} registration)");
        EmitOwn(writer, registrations.Where(registration => registration.Types.Count == 0));
        foreach (var step in module.InlineSteps)
            writer.Line($"registration.AddInlineStep({(step.Step is { } name ? CodeText.Literal(name) : "null")}, {(step.Payload is { } payload ? $"static () => {payload}" : "null")});");
        EmitSensitive(writer, module.SensitiveResults);
        foreach (var error in module.Errors)
            writer.Line($"registration.AddError(global::{space}.DurablePayloads.{CodeText.Identifier(PayloadIdentifier.Of(error.Data.RootName))});");
        var roots = registrations.Where(registration => registration.Types.Count > 0).GroupBy(registration => (registration.Namespace, Root: registration.Types[0])).ToList();
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
        var type = registrations[0].Types[depth];
        var nested = registrations.Where(registration => registration.Types.Count > depth + 1)
            .GroupBy(registration => registration.Types[depth + 1])
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .ToList();
        writer.Open($"partial {type.Keyword} {type.Name}");
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.UsesObsolete);
        writer.Open($"internal static void {DeclarationNames.RegisterMethod}({Names.Registration} registration)");
        EmitOwn(writer, registrations.Where(registration => registration.Types.Count == depth + 1));
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

    private static void EmitOwn(CodeWriter writer, IEnumerable<Registration> registrations)
    {
        foreach (var registration in registrations)
        {
            if (registration.Service is { } service)
                writer.Line(registration.IsOpen ? $"registration.AddOpenService(typeof({service}));" : $"registration.AddService<{service}>();");
            foreach (var workflow in registration.Workflows)
                writer.Line($"registration.AddWorkflow({Names.Definitions}.{workflow});");
            if (registration.Steps.Count > 0)
                writer.Line($"registration.AddSteps(static () => [{string.Join(", ", registration.Steps.Select(step => $"{Names.Definitions}.{step}"))}]);");
            foreach (var step in registration.StepResults)
                writer.Line($"registration.AddStepResult({CodeText.Literal(step.Step!)}, static () => {step.Payload});");
            EmitSensitive(writer, registration.SensitiveResults);
            foreach (var policy in registration.Policies)
                writer.Line($"registration.NeedRetryPolicy({CodeText.Literal(policy.Name)}, {CodeText.Literal(policy.Declaration)});");
        }
    }

    private static void EmitSensitive(CodeWriter writer, IEnumerable<SensitiveResult> results)
    {
        foreach (var result in results)
            writer.Line($"registration.AddSensitiveResult({(result.Step is { } step ? CodeText.Literal(step) : "null")}, {result.Payload ?? "null"});");
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : space + "." + name;
}
