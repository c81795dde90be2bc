using Durable.Code;
using Durable.Payloads;

namespace Durable.Generators.Emission;

/// <summary>Writes the serializers and fingerprint writers of an assembly's payload types.</summary>
internal static class PayloadEmitter
{
    /// <summary>Writes <c>DurableJson</c>, <c>DurableFingerprints</c> and <c>DurablePayloads</c> for all that the payloads of an assembly reach.</summary>
    /// <param name="generatedNamespace">The namespace that they go to.</param>
    /// <param name="payloads">The payloads, with the generated arguments types.</param>
    public static string Emit(string generatedNamespace, IEnumerable<PayloadModel> payloads)
    {
        var roots = payloads.ToList();
        var types = PayloadModel.Distinct(roots.SelectMany(payload => payload.Types)).ToList();
        var code = CodeWriter.File();
        code.Block($"namespace {generatedNamespace}", () =>
        {
            WriteJson(code, types);
            code.Line();
            WriteFingerprints(code, types);
            code.Line();
            WriteHandles(code, roots);
        });
        return code.ToString();
    }

    private static void WriteJson(CodeWriter code, IReadOnlyList<PayloadTypeModel> types)
    {
        code.Line("/// <summary>How the payloads of this assembly are stored as JSON.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static partial class DurableJson", () =>
        {
            code.Line("/// <summary>The contracts of this assembly.</summary>");
            code.Line($"internal static {Metadata.Options} Options {{ get; }} = CreateOptions();");
            code.Line();
            code.Line("/// <summary>The contract of a payload type.</summary>");
            code.Line($"internal static {Metadata.TypeInfo("T")} TypeInfo<T>() => ({Metadata.TypeInfo("T")})Options.GetTypeInfo(typeof(T));");
            code.Line();
            code.Block($"private static {Metadata.Options} CreateOptions()", () =>
            {
                code.Line($"var options = new {Metadata.Options} {{ TypeInfoResolver = new Contracts(), RespectRequiredConstructorParameters = true }};");
                code.Line("options.MakeReadOnly();");
                code.Line("return options;");
            });
            foreach (var type in types)
            {
                code.Line();
                type.Shape.WriteContract(code, type);
            }

            code.Line();
            WriteResolver(code, types);
        });
    }

    private static void WriteResolver(CodeWriter code, IReadOnlyList<PayloadTypeModel> types)
        => code.Block($"private sealed class Contracts : {Metadata.Namespace}IJsonTypeInfoResolver", () =>
            code.Block($"public {Metadata.Namespace}JsonTypeInfo? GetTypeInfo(global::System.Type type, {Metadata.Options} options)", () =>
            {
                foreach (var type in types)
                {
                    code.Line($"if (type == typeof({type.Name}))");
                    code.Line($"    return Contract_{type.Id}(options);");
                }

                code.Line("return null;");
            }));

    private static void WriteFingerprints(CodeWriter code, IReadOnlyList<PayloadTypeModel> types)
    {
        code.Line("/// <summary>The canonical forms of this assembly's payloads, which fingerprints are made of.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static class DurableFingerprints", () =>
        {
            for (var i = 0; i < types.Count; i++)
            {
                var type = types[i];
                if (i > 0)
                    code.Line();
                code.Block($"internal static void Write_{type.Id}({Names.FingerprintWriter} writer, {type.NullableName} value)", () => type.Shape.WriteFingerprint(code, type));
            }
        });
    }

    /// <summary>What steps and workflows refer to: the types of arguments and results.</summary>
    private static void WriteHandles(CodeWriter code, IEnumerable<PayloadModel> payloads)
    {
        code.Line("/// <summary>The types of this assembly's arguments and results.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static class DurablePayloads", () =>
        {
            foreach (var payload in payloads.Where(payload => payload.IsStorable).GroupBy(payload => payload.RootName, StringComparer.Ordinal).Select(group => group.First()).OrderBy(payload => payload.RootName, StringComparer.Ordinal))
            {
                var id = PayloadIdentifier.Of(payload.RootName);
                var immutable = payload.IsImmutable ? " { IsImmutable = true }" : "";
                code.Line($"internal static readonly {Names.PayloadType}<{payload.RootName}> {CodeText.Identifier(id)} = new(DurableJson.Options, DurableFingerprints.Write_{id}){immutable};");
            }
        });
    }
}
