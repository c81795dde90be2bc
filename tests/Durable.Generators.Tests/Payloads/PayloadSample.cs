using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Durable.Code;
using Durable.Generators.Emission;
using Durable.Generators.Parsing;
using Durable.Payloads;
using Durable.Payloads.Reading;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Tests.Payloads;

/// <summary>
/// A user's code with the payload code generated for it, compiled strictly and loaded. The payloads are the public static properties of the code's class <c>Sample</c>.
/// </summary>
internal sealed class PayloadSample
{
    private const string Namespace = "Durable.Generated.Sample";

    private readonly Type _driver;

    private PayloadSample(Type driver, IReadOnlyDictionary<string, PayloadModel> models, string generated)
    {
        _driver = driver;
        Models = models;
        Generated = generated;
    }

    /// <summary>The models by property.</summary>
    public IReadOnlyDictionary<string, PayloadModel> Models { get; }

    /// <summary>The compiled code.</summary>
    public Assembly Assembly => _driver.Assembly;

    /// <summary>The generated file.</summary>
    public string Generated { get; }

    /// <summary>Reads the payloads of a text without generating.</summary>
    public static IReadOnlyDictionary<string, PayloadModel> Read(string source) => Read(Compile(source));

    /// <summary>Reads the payloads of a compilation.</summary>
    public static IReadOnlyDictionary<string, PayloadModel> Read(CSharpCompilation compilation)
        => Properties(compilation).ToDictionary(property => property.Name, property => Read(property.Type, compilation));

    /// <summary>A compilation of a text.</summary>
    public static CSharpCompilation Compile(string source) => RuleHost.Compile("using System.Text.Json; using System.Text.Json.Serialization; using System.Collections.Immutable;\n" + source);

    /// <summary>Generates, compiles with warnings as errors, and loads.</summary>
    /// <param name="source">The user's code.</param>
    /// <param name="library">The code of an assembly that it references; null for none.</param>
    public static PayloadSample Build(string source, string? library = null)
    {
        var context = new AssemblyLoadContext("Sample", isCollectible: true);
        var compilation = Compile(source);
        if (library is not null)
        {
            var image = Image(RuleHost.Compile(library).WithAssemblyName("Library"), library);
            context.LoadFromStream(new MemoryStream(image));
            compilation = compilation.AddReferences(MetadataReference.CreateFromImage(image));
        }

        var models = Read(compilation);
        var generated = PayloadEmitter.Emit(Namespace, models.Values, ReachedContexts.Read(compilation, default));
        var strict = compilation
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(generated, RuleHost.ParseOptions, "Payloads.g.cs"), CSharpSyntaxTree.ParseText(Driver(compilation, models), RuleHost.ParseOptions, "Driver.cs"))
            .WithOptions(RuleHost.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999));
        var assembly = context.LoadFromStream(new MemoryStream(Image(strict, generated)));
        return new PayloadSample(assembly.GetType("Driver")!, models, generated);
    }

    /// <summary>The JSON that is stored. The direct way, for what has one, and the contract write the same.</summary>
    public string Json(string property = "Value")
    {
        var stored = Encoding.UTF8.GetString(Call<byte[]>("Json_" + property));
        Assert.Equal(Encoding.UTF8.GetString(Call<byte[]>("ByContract_" + property)), stored);
        return stored;
    }

    /// <summary>The JSON that System.Text.Json writes by reflection.</summary>
    public string Reflected(string property = "Value") => Encoding.UTF8.GetString(Call<byte[]>("Reflected_" + property));

    /// <summary>Reads JSON by the generated contract, and returns what reflection then writes.</summary>
    public string Reread(string json, string property = "Value") => Encoding.UTF8.GetString(Call<byte[]>("Reread_" + property, Encoding.UTF8.GetBytes(json)));

    /// <summary>The fingerprint.</summary>
    public long Fingerprint(string property = "Value") => Call<long>("Fingerprint_" + property);

    private static byte[] Image(CSharpCompilation compilation, string shown)
    {
        using var image = new MemoryStream();
        var errors = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            Assert.Fail(string.Join("\n", errors.Take(10)) + "\n" + shown);
        return image.ToArray();
    }

    // A class named Arguments stands for what the generator writes for a method's parameters.
    private static PayloadModel Read(ITypeSymbol type, CSharpCompilation compilation)
        => type is not INamedTypeSymbol { Name: "Arguments", InstanceConstructors: var constructors } ? PayloadReader.Read(type, null, compilation, default)
            : PayloadReader.ReadArguments(type.FullName(), isLocal: false, constructors.First(constructor => !constructor.IsImplicitlyDeclared).Parameters
                .Select(parameter => new PayloadArgument(
                    parameter.Name,
                    PayloadReader.Read(parameter.Type, null, compilation, default),
                    parameter.HasExplicitDefaultValue ? ConstantText.Of(parameter.ExplicitDefaultValue, parameter.Type) : null,
                    !parameter.HasAttribute("Durable.NotFingerprintedAttribute")))
                .ToList());

    private static IEnumerable<IPropertySymbol> Properties(CSharpCompilation compilation) => compilation.GetTypeByMetadataName("Sample")!.GetMembers().OfType<IPropertySymbol>();

    private static string Driver(CSharpCompilation compilation, IReadOnlyDictionary<string, PayloadModel> models)
    {
        // Obsolete types are stored like others; some samples have them.
        var text = new StringBuilder("#nullable disable\n#pragma warning disable CS0612, CS0618\npublic static class Driver\n{\n");
        foreach (var property in Properties(compilation))
        {
            var (name, type) = (property.Name, property.Type.FullName());
            var handle = models[name].IsStorable ? $"global::{Namespace}.DurablePayloads.{CodeText.Identifier(PayloadIdentifier.Of(type))}" : $"global::Durable.CompilerServices.PayloadType<{type}>.NotStorable";
            var fingerprint = models[name].IsStorable ? $"global::{Namespace}.DurableFingerprints.Write_{PayloadIdentifier.Of(type)}(writer, value)" : "throw new global::System.NotSupportedException()";
            text.AppendLine($$"""
                    public static byte[] Json_{{name}}() => {{handle}}.Write(global::Sample.{{name}});
                    public static byte[] ByContract_{{name}}() => global::System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(global::Sample.{{name}}, {{handle}}.Json);
                    public static byte[] Reflected_{{name}}() => global::System.Text.Json.JsonSerializer.SerializeToUtf8Bytes<{{type}}>(global::Sample.{{name}});
                    public static byte[] Reread_{{name}}(byte[] json) => global::System.Text.Json.JsonSerializer.SerializeToUtf8Bytes<{{type}}>(
                        global::System.Text.Json.JsonSerializer.Deserialize(json, {{handle}}.Json));
                    public static long Fingerprint_{{name}}() => global::Durable.CompilerServices.FingerprintWriter.Hash<{{type}}>(
                        (writer, value) => {{fingerprint}}, global::Sample.{{name}});
                """);
        }

        return text.Append('}').ToString();
    }

    private T Call<T>(string method, params object?[] arguments)
    {
        try
        {
            return (T)_driver.GetMethod(method)!.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
