using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the canonical form of a step's arguments.</summary>
internal static class FingerprintEmitter
{
    public static void Emit(CodeWriter writer, StepModel step, ContainerModel container)
    {
        var arguments = BodyText.Fingerprinted(step);
        if (arguments.Count == 0)
            return;
        writer.Line();
        writer.Open($"private static void Fingerprint({Names.FingerprintWriter} writer, {Names.Arguments} arguments)");
        writer.Line("writer.BeginObject();");
        foreach (var argument in arguments)
        {
            if (argument.Default is { } value)
                writer.Open($"if (!global::System.Collections.Generic.EqualityComparer<{argument.Signature.Type}>.Default.Equals(arguments.{argument.Signature.Identifier}, {value}))");
            writer.Line($"writer.Member({CodeText.Literal(argument.Name)});");
            writer.Line($"{BodyText.Fingerprints(container)}.Write(writer, arguments.{argument.Signature.Identifier});");
            if (argument.Default is not null)
                writer.Close();
        }

        writer.Line("writer.EndObject();");
        writer.Close();
    }
}
