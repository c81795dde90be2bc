using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>What of an object is stored, found by reflection: the reading of payload types once more, from the other side.</summary>
internal sealed record StoredMember(string StoredName, MemberInfo Info, Type Type, ParameterInfo? Parameter)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<StoredMember>> s_members = new();

    /// <summary>The members of a type.</summary>
    public static IReadOnlyList<StoredMember> Of(Type type) => s_members.GetOrAdd(type, Find);

    /// <summary>The constructor that makes an instance; null for a struct without one.</summary>
    public static ConstructorInfo? Constructor(Type type)
    {
        var all = type.GetConstructors(Any);
        return all.FirstOrDefault(constructor => constructor.IsDefined(typeof(JsonConstructorAttribute)))
            ?? all.FirstOrDefault(constructor => constructor is { IsPublic: true } && constructor.GetParameters().Length == 0)
            ?? all.SingleOrDefault(constructor => constructor.IsPublic);
    }

    /// <summary>An instance of a constructor's arguments.</summary>
    public static object Create(Type type, Func<ParameterInfo, object?> argument)
        => Constructor(type) is { } constructor ? constructor.Invoke([.. constructor.GetParameters().Select(argument)]) : RuntimeHelpers.GetUninitializedObject(type);

    // By its name: the compiler parts have a copy of the type for a target without it.
    public bool IsRequired => Info.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RequiredMemberAttribute");

    /// <summary>True for a collection that is filled, not set.</summary>
    public bool IsFilled => Info is PropertyInfo { SetMethod: null } && Parameter is null;

    public object? Get(object target) => Info is PropertyInfo property ? property.GetValue(target) : ((FieldInfo)Info).GetValue(target);

    public void Set(object target, object? value)
    {
        if (Info is PropertyInfo property)
            property.SetValue(target, value);
        else
            ((FieldInfo)Info).SetValue(target, value);
    }

    private static List<StoredMember> Find(Type type)
    {
        var parameters = Constructor(type)?.GetParameters() ?? [];
        var names = new HashSet<string>();
        var members = new List<StoredMember>();
        foreach (var info in type.GetProperties(Any).Cast<MemberInfo>().Concat(type.GetFields(Any).Where(field => field.IsDefined(typeof(JsonIncludeAttribute)))))
        {
            if (info is PropertyInfo property && (property.GetMethod is null || property.GetIndexParameters().Length > 0 || (!property.GetMethod.IsPublic && !property.IsDefined(typeof(JsonIncludeAttribute)))) || !names.Add(info.Name))
                continue;
            if (info.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always })
                continue;
            var memberType = info is PropertyInfo { PropertyType: var ofProperty } ? ofProperty : ((FieldInfo)info).FieldType;
            var parameter = parameters.FirstOrDefault(parameter => parameter.ParameterType == memberType && string.Equals(parameter.Name, info.Name, StringComparison.OrdinalIgnoreCase));
            if (parameter is null && info is PropertyInfo { SetMethod: null } && info.DeclaringType!.GetField($"<{info.Name}>k__BackingField", Any) is null)
                continue;
            members.Add(new StoredMember(info.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? info.Name, info, memberType, parameter));
        }

        return members;
    }
}
