using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the implementing half of a declaration.</summary>
internal static class HalfEmitter
{
    /// <summary>A half that returns a task.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="method">The signature.</param>
    /// <param name="returns">How the result is handed back.</param>
    /// <param name="task">The task.</param>
    public static void Emit(CodeWriter writer, MethodModel method, ReturnShape returns, string task)
    {
        EmitGeneratedCode(writer, method);
        if (!method.HasStepThrough)
            writer.Line(Names.StepThrough);
        writer.Line(Signature(method));
        writer.Continue(returns is ReturnShape.ValueTask or ReturnShape.ValueTaskOfResult ? $"=> new {method.ReturnType}({task});" : $"=> {task};");
    }

    /// <summary>The half of an invalid declaration: it compiles, so that the rule's message is the only one.</summary>
    public static void EmitThrowing(CodeWriter writer, MethodModel method)
    {
        EmitGeneratedCode(writer, method);
        writer.Open(Signature(method));
        writer.Line($"throw new global::System.InvalidOperationException({CodeText.Literal($"'{method.Name}' is not a valid workflow or step: the build's DUR diagnostic says why.")});");
        writer.Close();
    }

    public static string Parameters(IEnumerable<ParameterModel> parameters)
        => string.Join(", ", parameters.Select(parameter => $"{parameter.Modifiers}{parameter.Type} {parameter.Identifier}"));

    private static void EmitGeneratedCode(CodeWriter writer, MethodModel method)
    {
        if (!method.HasGeneratedCode)
            writer.Line(Names.GeneratedCode);
    }

    private static string Signature(MethodModel method)
        => $"{method.Modifiers} {method.ReturnType} {method.Name}{method.TypeParameters}({Parameters(method.Parameters)}){method.Constraints}";
}
