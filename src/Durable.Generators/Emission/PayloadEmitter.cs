using Durable.Code;
using Durable.Payloads;

namespace Durable.Generators.Emission;

/// <summary>Writes the serializers and fingerprint writers of an assembly's payload types.</summary>
internal static class PayloadEmitter
{
    /// <summary>Writes <c>DurableJson</c> and <c>DurableFingerprints</c> for all that the payloads of an assembly reach.</summary>
    /// <param name="generatedNamespace">The namespace that they go to.</param>
    /// <param name="payloads">The payloads, with the generated arguments types.</param>
    public static string Emit(string generatedNamespace, IEnumerable<PayloadModel> payloads)
        => Emit(generatedNamespace, payloads.SelectMany(payload => payload.Types));

    /// <summary>Writes <c>DurableJson</c> and <c>DurableFingerprints</c>.</summary>
    /// <param name="generatedNamespace">The namespace that they go to.</param>
    /// <param name="types">All types of all payloads; repeated ones count once.</param>
    public static string Emit(string generatedNamespace, IEnumerable<PayloadTypeModel> types)
    {
        var named = PayloadIdentifiers.Name(PayloadModel.Distinct(types));
        var code = CodeWriter.File();
        code.Block($"namespace {generatedNamespace}", () =>
        {
            WriteJson(code, named);
            code.Line();
            WriteFingerprints(code, named);
        });
        return code.ToString();
    }

    private static void WriteJson(CodeWriter code, IReadOnlyList<(PayloadTypeModel Type, string Id)> types)
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
            code.Block($"internal static {Metadata.TypeInfo("T")} TypeInfo<T>()", () =>
            {
                code.Line("// The library would make a contract for object by itself.");
                code.Line("if (typeof(T) != typeof(object) && Options.TryGetTypeInfo(typeof(T), out var contract))");
                code.Line($"    return ({Metadata.TypeInfo("T")})contract;");
                code.Line("throw new global::System.NotSupportedException($\"'{typeof(T)}' cannot be stored. The build says why: see the DUR5xxx diagnostics of this assembly.\");");
            });
            code.Line();
            code.Block($"private static {Metadata.Options} CreateOptions()", () =>
            {
                code.Line($"var options = new {Metadata.Options} {{ TypeInfoResolver = new Contracts(), RespectRequiredConstructorParameters = true }};");
                code.Line("options.MakeReadOnly();");
                code.Line("return options;");
            });
            foreach (var (type, id) in types)
            {
                code.Line();
                type.Shape.WriteContract(code, type, id);
            }

            code.Line();
            WriteResolver(code, types);
        });
    }

    private static void WriteResolver(CodeWriter code, IReadOnlyList<(PayloadTypeModel Type, string Id)> types)
        => code.Block($"private sealed class Contracts : {Metadata.Namespace}IJsonTypeInfoResolver", () =>
            code.Block($"public {Metadata.Namespace}JsonTypeInfo? GetTypeInfo(global::System.Type type, {Metadata.Options} options)", () =>
            {
                foreach (var (type, id) in types)
                {
                    code.Line($"if (type == typeof({type.Name}))");
                    code.Line($"    return Contract_{id}(options);");
                }

                code.Line("return null;");
            }));

    private static void WriteFingerprints(CodeWriter code, IReadOnlyList<(PayloadTypeModel Type, string Id)> types)
    {
        code.Line("/// <summary>The canonical forms of this assembly's payloads, which fingerprints are made of.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static class DurableFingerprints", () =>
        {
            code.Line("/// <summary>Writes what no other overload takes, which is what has no stored form.</summary>");
            code.Line($"internal static void Write<T>({Names.FingerprintWriter} writer, T value) => writer.Json(value, DurableJson.TypeInfo<T>());");
            foreach (var (type, id) in types)
            {
                code.Line();
                code.Block($"internal static void Write({Names.FingerprintWriter} writer, {type.NullableName} value)", () => type.Shape.WriteFingerprint(code, type, id));
            }
        });
    }
}
