using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads;
using Durable.Payloads.Shapes;

namespace Durable.Generators.Emission;

/// <summary>Writes the serializers and fingerprint writers of payload types: <c>DurableJson</c>, <c>DurableFingerprints</c> and <c>DurablePayloads</c>, for the assembly, and within a type for those that can be named only there.</summary>
internal static class PayloadEmitter
{
    /// <summary>Writes the file of the assembly.</summary>
    /// <param name="generatedNamespace">The namespace that the classes go to.</param>
    /// <param name="payloads">The payloads, with the generated arguments types.</param>
    /// <param name="contexts">The user's contexts that are asked for what a type of theirs reaches and no generated contract knows.</param>
    public static string Emit(string generatedNamespace, IEnumerable<PayloadModel> payloads, IReadOnlyList<string> contexts)
    {
        var code = CodeWriter.File();
        var roots = payloads.ToList();
        var others = contexts.Count == 0 ? [] : contexts.Select(context => context + ".Default").Prepend($"{Metadata.Runtime}PayloadContext.Texts").ToList();
        code.Block($"namespace {generatedNamespace}", () => Write(code, roots, "", others, FingerprintCalls.OfAssembly));
        return code.ToString();
    }

    /// <summary>Writes what a type's declarations store that can be named only there; nothing for most.</summary>
    /// <param name="code">Takes the text, within the type.</param>
    /// <param name="group">The type.</param>
    public static void EmitLocal(CodeWriter code, ContainerGroup group)
    {
        var bodies = group.Declarations.Select(declaration => declaration.Body).OfType<HalfModel>().ToList();
        var roots = bodies.SelectMany(body => body.Payloads).ToList();
        var local = new HashSet<string>(roots.SelectMany(root => root.Types).Where(type => type.IsLocal).Select(type => type.Name), StringComparer.Ordinal);
        var arguments = bodies.OfType<WorkflowModel>().Where(workflow => workflow.ArgumentsType.Namespace.Length == 0).ToList();
        if (local.Count == 0 && arguments.Count == 0)
            return;
        var assembly = "global::" + group.Container.GeneratedNamespace;
        code.Line();
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block($"private static class {DeclarationNames.PayloadsClass}", () =>
        {
            Write(code, roots, assembly, [assembly + ".DurableJson.Options.TypeInfoResolver"], new FingerprintCalls(local.Contains, assembly + ".DurableFingerprints"));
            foreach (var workflow in arguments)
            {
                code.Line();
                ArgumentsEmitter.EmitClass(code, workflow);
            }
        });
    }

    // The assembly's namespace is named only from within a user's type.
    private static void Write(CodeWriter code, IReadOnlyList<PayloadModel> payloads, string assembly, IReadOnlyList<string> others, FingerprintCalls calls)
    {
        var isLocal = assembly.Length > 0;
        var types = PayloadModel.Distinct(payloads.SelectMany(payload => payload.Types).Where(type => type.IsLocal == isLocal)).ToList();
        var direct = new DirectCalls(payloads.SelectMany(payload => payload.Types), isLocal ? assembly + "." : "");
        WriteJson(code, types, others, direct);
        code.Line();
        WriteFingerprints(code, types, calls);
        code.Line();
        WriteHandles(code, payloads.Where(payload => payload.IsStorable && payload.IsLocal == isLocal), direct);
    }

    private static void WriteJson(CodeWriter code, IReadOnlyList<PayloadTypeModel> types, IReadOnlyList<string> others, DirectCalls direct)
    {
        code.Line("/// <summary>How payloads are stored as JSON.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static partial class DurableJson", () =>
        {
            code.Line("/// <summary>The contracts.</summary>");
            code.Line($"internal static {Metadata.Options} Options {{ get; }} = CreateOptions();");
            code.Line();
            code.Line("/// <summary>The contract of a payload type.</summary>");
            code.Line($"internal static {Metadata.TypeInfo("T")} TypeInfo<T>() => ({Metadata.TypeInfo("T")})Options.GetTypeInfo(typeof(T));");
            code.Line();
            code.Block($"private static {Metadata.Options} CreateOptions()", () =>
            {
                var contracts = others.Count == 0 ? "new Contracts()" : $"{Metadata.Namespace}JsonTypeInfoResolver.Combine(new Contracts(), {string.Join(", ", others)})";
                code.Line($"var options = new {Metadata.Options} {{ TypeInfoResolver = {contracts}, RespectRequiredConstructorParameters = true }};");
                code.Line("options.MakeReadOnly();");
                code.Line("return options;");
            });
            foreach (var type in types)
            {
                code.Line();
                type.Shape.WriteContract(code, type);
                if (!type.Shape.HasWriter(type, direct))
                    continue;
                code.Line();
                type.Shape.WriteWriter(code, type, direct);
            }

            direct.WriteNames(code);

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

    private static void WriteFingerprints(CodeWriter code, IReadOnlyList<PayloadTypeModel> types, FingerprintCalls calls)
    {
        code.Line("/// <summary>The canonical forms of payloads, which fingerprints are made of.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static class DurableFingerprints", () =>
        {
            for (var i = 0; i < types.Count; i++)
            {
                var type = types[i];
                if (i > 0)
                    code.Line();
                code.Block($"internal static void Write_{type.Id}({Names.FingerprintWriter} writer, {type.NullableName} value)", () => type.Shape.WriteFingerprint(code, type, calls));
            }
        });
    }

    /// <summary>What steps and workflows refer to: the types of arguments and results.</summary>
    private static void WriteHandles(CodeWriter code, IEnumerable<PayloadModel> payloads, DirectCalls direct)
    {
        code.Line("/// <summary>The types of arguments and results.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line(Names.UsesObsolete);
        code.Block("internal static class DurablePayloads", () =>
        {
            foreach (var payload in payloads.GroupBy(payload => payload.RootName, StringComparer.Ordinal).Select(group => group.First()).OrderBy(payload => payload.RootName, StringComparer.Ordinal))
            {
                var id = PayloadIdentifier.Of(payload.RootName);
                var write = direct.Root(payload) is { } function ? ", " + function : "";
                var traits = (payload.IsImmutable, payload.HoldsSensitive) switch
                {
                    (true, true) => " { IsImmutable = true, HoldsSensitive = true }",
                    (true, false) => " { IsImmutable = true }",
                    (false, true) => " { HoldsSensitive = true }",
                    _ => "",
                };
                code.Line($"internal static readonly {Names.PayloadType}<{payload.RootName}> {CodeText.Identifier(id)} = new(DurableJson.Options, DurableFingerprints.Write_{id}{write}){traits};");
            }
        });
    }
}
