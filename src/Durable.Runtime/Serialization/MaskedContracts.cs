using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;

namespace Durable.Serialization;

/// <summary>The contracts of payloads as they are shown: those that they are stored by, with a mask in place of each sensitive member. Made when the first such payload is shown. They write only.</summary>
internal sealed class MaskedContracts(IJsonTypeInfoResolver contracts) : IJsonTypeInfoResolver
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> s_masked = [];

    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> contract) => (JsonTypeInfo<T>)Of((JsonTypeInfo)contract);

    public static JsonTypeInfo Of(JsonTypeInfo contract) => Of(contract.Options).GetTypeInfo(contract.Type);

    /// <summary>True for options under which what is sensitive is masked.</summary>
    public static bool Are(JsonSerializerOptions options) => options.TypeInfoResolver is MaskedContracts;

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        if (type == typeof(Mask))
            return JsonMetadataServices.CreateValueInfo<Mask>(options, new Mask.Converter<Mask>());
        var contract = contracts.GetTypeInfo(type, options);
        if (contract is { Kind: JsonTypeInfoKind.Object })
            MaskMembers(contract);
        return contract;
    }

    private static JsonSerializerOptions Of(JsonSerializerOptions options) => s_masked.GetValue(options, static real =>
    {
        var masked = new JsonSerializerOptions(real) { TypeInfoResolver = new MaskedContracts(real.TypeInfoResolver!) };
        masked.MakeReadOnly();
        return masked;
    });

    private static void MaskMembers(JsonTypeInfo contract)
    {
        for (var index = 0; index < contract.Properties.Count; index++)
        {
            // A member without a getter is not written anyway.
            if (contract.Properties[index] is not { Get: not null } member || !SensitiveMember.Is(member))
                continue;
            var masked = PayloadMember.Of<Mask>(contract.Options, contract.Type, member.Name, member.Name, static _ => default);
            masked.Order = member.Order;
            contract.Properties[index] = masked;
        }
    }
}
