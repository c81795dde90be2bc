using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the file of one type: the halves of its workflows, steps and signals.</summary>
internal static class ContainerEmitter
{
    public static string Emit(ContainerGroup group)
    {
        var writer = CodeWriter.File();
        OpenTypes(writer, group.Container, group.Declarations.Any(declaration => declaration.Method.NamesPointer) ? "unsafe " : "");
        for (var i = 0; i < group.Declarations.Count; i++)
        {
            if (i > 0)
                writer.Line();
            var declaration = group.Declarations[i];
            switch (declaration.Body)
            {
                case WorkflowModel workflow:
                    WorkflowEmitter.EmitHalf(writer, declaration, workflow);
                    break;
                case StepModel step:
                    StepEmitter.EmitHalf(writer, declaration, step);
                    break;
                case SignalModel signal:
                    SignalEmitter.EmitHalf(writer, declaration, signal);
                    break;
                default:
                    HalfEmitter.EmitThrowing(writer, declaration.Method);
                    break;
            }
        }

        EmitDefinitions(writer, group);
        PayloadEmitter.EmitLocal(writer, group);
        CloseTypes(writer, group.Container);
        foreach (var declaration in group.Declarations)
        {
            if (declaration.Body is WorkflowModel workflow)
                ArgumentsEmitter.Emit(writer, declaration.Method, workflow);
        }

        return writer.ToString();
    }

    private static void EmitDefinitions(CodeWriter writer, ContainerGroup group)
    {
        var bodies = group.Declarations.Select(declaration => declaration.Body).OfType<HalfModel>().ToList();
        if (bodies.Count == 0)
            return;
        writer.Line();
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.UsesObsolete);
        writer.Open($"private static class {Names.Definitions}");
        var steps = bodies.OfType<StepModel>().ToList();
        for (var i = 0; i < bodies.Count; i++)
        {
            if (i > 0)
                writer.Line();
            switch (bodies[i])
            {
                case WorkflowModel workflow:
                    WorkflowEmitter.EmitDefinition(writer, group.Container, workflow, steps);
                    break;
                case StepModel step:
                    StepEmitter.EmitDefinition(writer, group.Container, step);
                    break;
                case SignalModel signal:
                    SignalEmitter.EmitDefinition(writer, group.Container, signal);
                    break;
            }
        }

        writer.Close();
    }

    private static void OpenTypes(CodeWriter writer, ContainerModel container, string modifier)
    {
        if (container.Namespace.Length > 0)
            writer.Open($"namespace {container.Namespace}");
        foreach (var type in container.Types)
            writer.Open($"{modifier}partial {type.Keyword} {type.Name}");
    }

    private static void CloseTypes(CodeWriter writer, ContainerModel container)
    {
        for (var i = 0; i < container.Types.Count; i++)
            writer.Close();
        if (container.Namespace.Length > 0)
            writer.Close();
    }
}
