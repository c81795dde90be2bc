using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Contexts;

/// <summary>A registered context, in text.</summary>
/// <param name="Name">Its name, from <c>global::</c> on.</param>
/// <param name="HasOptions">True when it says how it stores, so that it stores its types whole by itself.</param>
/// <param name="HasConverters">True when it has converters for what it could not store alone.</param>
internal sealed record JsonContext(string Name, bool HasOptions, bool HasConverters)
{
    private const string Options = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";

    public static JsonContext Of(INamedTypeSymbol context)
    {
        var options = context.FindAttribute(Options);
        return new JsonContext(
            context.FullName(),
            // How the code is generated says nothing about how it stores.
            options is not null && (options.ConstructorArguments.Length > 0 || options.NamedArguments.Any(argument => argument.Key != "GenerationMode")),
            options is not null && options.NamedArguments.Any(argument => argument is { Key: "Converters", Value: { Kind: TypedConstantKind.Array, Values.IsDefaultOrEmpty: false } }));
    }
}
