using Durable.Code;

namespace Durable.Generators.Emission;

/// <summary>Writes <c>AddWorkflows()</c>: internal and embedded, so that every project has its own and sees no other.</summary>
internal static class AddWorkflowsEmitter
{
    /// <summary>The file.</summary>
    /// <param name="modules">The modules to add, from <c>global::</c> or an alias on.</param>
    public static string Emit(IReadOnlyList<string> modules)
    {
        var writer = CodeWriter.File();
        foreach (var alias in modules.Select(module => module.Substring(0, module.IndexOf("::", StringComparison.Ordinal))).Where(alias => alias != "global").Distinct())
            writer.Line($"extern alias {alias};");
        writer.Open("namespace Durable");
        writer.Line("/// <summary>Registers what this project and the projects that it references declare.</summary>");
        writer.Line("[global::Microsoft.CodeAnalysis.Embedded]");
        writer.Line(Names.GeneratedCode);
        writer.Open("internal static class DurableWorkflowsExtensions");
        writer.Line("/// <summary>Adds the workflows and steps of this assembly and of every referenced one that has any.</summary>");
        writer.Line("/// <param name=\"durable\">What <c>AddDurable(durable => ...)</c> hands out.</param>");
        writer.Open("public static global::Durable.DurableBuilder AddWorkflows(this global::Durable.DurableBuilder durable)");
        foreach (var module in modules)
            writer.Line($"durable.AddModule(new {module}());");
        writer.Line("return durable;");
        writer.Close();
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
