using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the file of one type: the halves of its workflows and steps.</summary>
internal static class ContainerEmitter
{
    public static string Emit(ContainerGroup group)
    {
        var writer = CodeWriter.File();
        OpenTypes(writer, group.Container);
        for (var i = 0; i < group.Declarations.Count; i++)
        {
            if (i > 0)
                writer.Line();
            var declaration = group.Declarations[i];
            switch (declaration.Body)
            {
                case WorkflowModel workflow:
                    WorkflowEmitter.Emit(writer, declaration, workflow);
                    break;
                case StepModel step:
                    StepEmitter.Emit(writer, declaration, step);
                    break;
                default:
                    HalfEmitter.EmitThrowing(writer, declaration.Method);
                    break;
            }
        }

        CloseTypes(writer, group.Container);
        foreach (var declaration in group.Declarations)
        {
            if (declaration.Body is WorkflowModel workflow)
                ArgumentsEmitter.Emit(writer, workflow);
        }

        return writer.ToString();
    }

    private static void OpenTypes(CodeWriter writer, ContainerModel container)
    {
        if (container.Namespace.Length > 0)
            writer.Open($"namespace {container.Namespace}");
        foreach (var type in container.Types)
            writer.Open($"partial {type.Keyword} {type.Name}");
    }

    private static void CloseTypes(CodeWriter writer, ContainerModel container)
    {
        for (var i = 0; i < container.Types.Count; i++)
            writer.Close();
        if (container.Namespace.Length > 0)
            writer.Close();
    }
}
