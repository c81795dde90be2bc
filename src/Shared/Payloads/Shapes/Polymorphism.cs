using Durable.Code;
using Durable.Collections;

namespace Durable.Payloads.Shapes;

/// <summary>The types that may stand for a type: stored as objects that start with a discriminator.</summary>
/// <param name="DiscriminatorName">The name of the member that holds the discriminator; null for the library's.</param>
/// <param name="IgnoresUnrecognized">True when an unknown discriminator is passed over.</param>
/// <param name="Types">The types.</param>
internal sealed record Polymorphism(string? DiscriminatorName, bool IgnoresUnrecognized, EquatableArray<DerivedType> Types)
{
    /// <summary>Writes the statement that tells the variable <c>contract</c> of them.</summary>
    public void WriteOptions(CodeWriter code) => code.Block($"contract.PolymorphismOptions = new {Metadata.Namespace}JsonPolymorphismOptions", () =>
    {
        if (DiscriminatorName is not null)
            code.Line($"TypeDiscriminatorPropertyName = {CodeText.Literal(DiscriminatorName)},");
        if (IgnoresUnrecognized)
            code.Line("IgnoreUnrecognizedTypeDiscriminators = true,");
        code.Block("DerivedTypes =", () =>
        {
            foreach (var derived in Types)
                code.Line($"new {Metadata.Namespace}JsonDerivedType(typeof({derived.Type}), {derived.Discriminator}),");
        });
    }, ";");

    /// <summary>Writes the canonical form of a value that is not null: the discriminator and the object, or the object alone of the type itself if that has none.</summary>
    /// <param name="code">Takes the code.</param>
    /// <param name="type">The type that names the others.</param>
    /// <param name="calls">Writes the parts of the value.</param>
    /// <param name="writeSelf">Writes the object of the type itself; null for one without instances.</param>
    public void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls, Action? writeSelf)
    {
        foreach (var derived in Types.Where(derived => derived.Type != type.Name))
        {
            code.Block($"if (value.GetType() == typeof({derived.Type}))", () =>
            {
                WriteDiscriminated(code, derived, () => calls.Write(code, derived.Type, $"({derived.Type})value"));
                code.Line("return;");
            });
        }

        if (writeSelf is null)
        {
            code.Line($"writer.Undeclared(value.GetType(), typeof({type.Name}));");
            return;
        }

        code.Line($"if (value.GetType() != typeof({type.Name}))");
        code.Line($"    writer.Undeclared(value.GetType(), typeof({type.Name}));");
        if (Types.FirstOrDefault(derived => derived.Type == type.Name) is { } self)
            WriteDiscriminated(code, self, writeSelf);
        else
            writeSelf();
    }

    private static void WriteDiscriminated(CodeWriter code, DerivedType derived, Action write)
    {
        code.Line("writer.BeginList();");
        code.Line(derived.IsText ? $"writer.Text({derived.Discriminator});" : $"writer.Integer((long){derived.Discriminator});");
        write();
        code.Line("writer.EndList();");
    }
}

/// <summary>A type that may stand for another.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Discriminator">The discriminator as an expression.</param>
/// <param name="IsText">True for text, false for a number.</param>
internal sealed record DerivedType(string Type, string Discriminator, bool IsText);
