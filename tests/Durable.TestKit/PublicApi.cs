using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Durable.TestKit;

/// <summary>The public types and members of an assembly as sorted text, so that a change of what users see shows as a difference of two files.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext s_nullability = new();
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char", [typeof(byte)] = "byte",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <summary>One block a type, types and members in ordinal order.</summary>
    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var bases = type.GetInterfaces().Where(i => i.IsVisible && type.BaseType?.GetInterfaces().Contains(i) != true && !IsRecordEquality(type, i)).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) && !IsDelegate(type))
            bases.Insert(0, Name(parent));
        var kind = IsDelegate(type) ? "delegate" : type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : IsRecord(type) ? "record" : "class";
        var modifier = type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsInterface ? "" : type.IsAbstract ? "abstract " : type is { IsSealed: true, IsClass: true } && !IsDelegate(type) ? "sealed " : "";
        return $"{modifier}{kind} {type.Namespace}.{Name(type)}{(bases.Count == 0 || type.IsEnum ? "" : " : " + string.Join(", ", bases))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (IsDelegate(type))
            return [Signature(type.GetMethod("Invoke")!)];
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}");
        return type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute))).Select(Describe).OfType<string>();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => $"{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && method.GetBaseDefinition().DeclaringType != typeof(object) => Access(method) + Signature(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true).FirstOrDefault(IsVisible) is { } accessor => Access(accessor) + Property(property),
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        EventInfo { AddMethod: { } add } happening when IsVisible(add) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        var setter = property.SetMethod is { } set && IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{required}{Name(property.PropertyType)}{Mark(s_nullability.Create(property))} {property.Name} {{{(property.GetMethod is { } get && IsVisible(get) ? " get;" : "")}{setter} }}";
    }

    private static string Signature(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Name(method.ReturnType)}{Mark(s_nullability.Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Name(parameter.ParameterType)}{Mark(s_nullability.Create(parameter))} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")));

    private static string Access(MethodBase method)
        => (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "") + (method.IsStatic ? "static " : method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : "");

    private static string Mark(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable && info.Type is { IsValueType: false, IsGenericParameter: false } ? "?" : "";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (s_keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        var name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name[..name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsRecordEquality(Type type, Type contract)
        => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>) && contract.GetGenericArguments()[0] == type;
}
