using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the class of a workflow's arguments: a property for each parameter, by its name.</summary>
internal static class ArgumentsEmitter
{
    /// <summary>Writes it in its namespace; nothing for one that stands within the type.</summary>
    public static void Emit(CodeWriter writer, MethodModel method, WorkflowModel workflow)
    {
        if (workflow.ArgumentsType.Namespace.Length == 0)
            return;
        writer.Line();
        writer.Open($"namespace {workflow.ArgumentsType.Namespace}");
        EmitClass(writer, workflow, method.NamesPointer ? "unsafe " : "");
        writer.Close();
    }

    public static void EmitClass(CodeWriter writer, WorkflowModel workflow, string modifier = "")
    {
        var parameters = string.Join(", ", workflow.Arguments.Select(argument => $"{argument.Signature.Type} {argument.Signature.Identifier}"));
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.UsesObsolete);
        writer.Open($"internal {modifier}sealed class {workflow.ArgumentsType.Name}({parameters})");
        foreach (var argument in workflow.Arguments)
            writer.Line($"public {argument.Signature.Type} {argument.Signature.Identifier} {{ get; }} = {argument.Signature.Identifier};");
        writer.Close();
    }
}
