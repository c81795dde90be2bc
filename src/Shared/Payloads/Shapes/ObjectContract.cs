using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>Writes the JSON contract of an object type.</summary>
internal static class ObjectContract
{
    public static void Write(CodeWriter code, PayloadTypeModel type, ObjectShape shape)
    {
        code.Block($"private static {Metadata.TypeInfo(type.Name)} Contract_{type.Id}({Metadata.Options} options)", () =>
        {
            code.Block($"var contract = {Metadata.Services}.CreateObjectInfo(options, new {Metadata.Namespace}JsonObjectInfoValues<{type.Name}>", () =>
            {
                if (shape.Constructor.Stored.Count > 0)
                {
                    code.Line($"ObjectWithParameterizedConstructorCreator = static arguments => {NewInstance(type, shape)},");
                    code.Line($"ConstructorParameterMetadataInitializer = Parameters_{type.Id},");
                }
                else
                {
                    code.Line($"ObjectCreator = static () => {NewInstance(type, shape)},");
                }

                code.Line($"PropertyMetadataInitializer = _ => Members_{type.Id}(options),");
                if (shape.NumberHandling is { } handling)
                    code.Line($"NumberHandling = ({Metadata.Serialization}JsonNumberHandling){handling},");
            }, ");");
            if (shape.UnmappedMemberHandling is { } unmapped)
                code.Line($"contract.UnmappedMemberHandling = ({Metadata.Serialization}JsonUnmappedMemberHandling){unmapped};");
            if (shape.Polymorphism is { } polymorphism)
                polymorphism.WriteOptions(code);
            else if (shape.IsOpen)
                code.Line($"{Metadata.Runtime}DeclaredType.Require(contract);");
            code.Line("return contract;");
        });
        code.Line();
        WriteMembers(code, type, shape);
        if (shape.Constructor.Stored.Count > 0)
            WriteParameters(code, type, shape);
        WriteAccessors(code, type, shape);
    }

    /// <summary>The method that makes the contract of a member with its own converter.</summary>
    public static string ConvertedName(PayloadTypeModel type, int member) => $"Converted{member}_{type.Id}";

    private static string NewInstance(PayloadTypeModel type, ObjectShape shape)
    {
        var place = 0;
        var arguments = string.Join(", ", shape.Constructor.Parameters.Select(parameter => parameter.Given ?? $"({parameter.Type})arguments[{place++}]"));
        return shape.Constructor.Call switch
        {
            ConstructorCall.Default => $"default({type.Name})",
            ConstructorCall.Accessor => $"New_{type.Id}{shape.Constructor.Accessor!.TypeArguments}.Invoke({arguments})",
            _ => $"new {type.Name}({arguments})",
        };
    }

    private static void WriteMembers(CodeWriter code, PayloadTypeModel type, ObjectShape shape)
    {
        code.Block($"private static {Metadata.Namespace}JsonPropertyInfo[] Members_{type.Id}({Metadata.Options} options)", () =>
        {
            code.Line($"var members = new {Metadata.Namespace}JsonPropertyInfo[{shape.Members.Count}];");
            for (var index = 0; index < shape.Members.Count; index++)
                WriteMember(code, type, shape.Members[index], index);
            code.Line("return members;");
        });
        for (var index = 0; index < shape.Members.Count; index++)
        {
            if (shape.Members[index] is not { Converter: { } converter } member)
                continue;
            code.Line();
            code.Line($"internal static {Metadata.TypeInfo(member.Type)} {ConvertedName(type, index)}({Metadata.Options} options)");
            code.Line($"    => {Metadata.Services}.CreateValueInfo<{member.Type}>(options, {ConverterOf(member, converter)});");
        }
    }

    private static void WriteMember(CodeWriter code, PayloadTypeModel type, ObjectMember member, int index)
    {
        if (member is { IsIgnored: false, IsField: false, Converter: null, IgnoreCondition: null, NumberHandling: null })
        {
            var setter = member.Set is MemberSet.Assign or MemberSet.Accessor ? $", static (target, value) => {Setter(type, member, index)}" : "";
            code.Line($"members[{index}] = {Metadata.Runtime}PayloadMember.Of<{member.Type}>(options, typeof({member.DeclaringType}), {CodeText.Literal(member.Name)}, {CodeText.Literal(member.StoredName)}, static target => {member.Of($"(({type.Name})target)")}{setter});");
        }
        else
        {
            WriteMemberWithSettings(code, type, member, index);
        }

        if (member.IsRequired)
            code.Line($"members[{index}].IsRequired = true;");
        if (member.Set == MemberSet.Populate)
            code.Line($"members[{index}].ObjectCreationHandling = {Metadata.Serialization}JsonObjectCreationHandling.Populate;");
        if (member.IsSensitive)
            code.Line($"members[{index}].AttributeProvider = {Metadata.Runtime}SensitiveMember.Mark;");
        if (member.Order != 0)
            code.Line($"members[{index}].Order = {member.Order};");
    }

    private static void WriteMemberWithSettings(CodeWriter code, PayloadTypeModel type, ObjectMember member, int index)
    {
        code.Block($"members[{index}] = {Metadata.Services}.CreatePropertyInfo(options, new {Metadata.Namespace}JsonPropertyInfoValues<{member.Type}>", () =>
        {
            code.Line($"IsProperty = {(member.IsField ? "false" : "true")},");
            // Internal ones are stored only when they are included, which for the library is the business of reflection.
            code.Line("IsPublic = true,");
            code.Line($"DeclaringType = typeof({member.DeclaringType}),");
            code.Line($"PropertyName = {CodeText.Literal(member.Name)},");
            code.Line($"JsonPropertyName = {CodeText.Literal(member.StoredName)},");
            if (member.IsIgnored)
            {
                code.Line($"IgnoreCondition = {Metadata.Serialization}JsonIgnoreCondition.Always,");
                return;
            }

            code.Line($"Getter = static target => {member.Of($"(({type.Name})target)")},");
            if (member.Set is MemberSet.Assign or MemberSet.Accessor)
                code.Line($"Setter = static (target, value) => {Setter(type, member, index)},");
            if (member.IsField)
                code.Line("HasJsonInclude = true,");
            if (member.Converter is { } converter)
            {
                code.Line($"Converter = {ConverterOf(member, converter)},");
                code.Line($"PropertyTypeInfo = {ConvertedName(type, index)}(options),");
            }

            if (member.IgnoreCondition is { } condition)
                code.Line($"IgnoreCondition = ({Metadata.Serialization}JsonIgnoreCondition){condition},");
            if (member.NumberHandling is { } handling)
                code.Line($"NumberHandling = ({Metadata.Serialization}JsonNumberHandling){handling},");
        }, ");");
    }

    private static string Setter(PayloadTypeModel type, ObjectMember member, int index)
    {
        var target = type.IsReferenceType ? $"({type.Name})target" : $"global::System.Runtime.CompilerServices.Unsafe.Unbox<{type.Name}>(target)";
        return member.Set == MemberSet.Assign
            ? $"{member.Of($"({target})")} = value"
            : $"Set{index}_{type.Id}{member.Accessor!.TypeArguments}.Invoke({(type.IsReferenceType ? "" : "ref ")}{target}, value)";
    }

    private static string ConverterOf(ObjectMember member, string converter)
        => member.NullableOf is { } underlying
            ? $"{Metadata.Runtime}PayloadConverter.ForNullable<{underlying}>({converter}, options)"
            : $"{Metadata.Runtime}PayloadConverter.For<{member.Type}>({converter}, options)";

    private static void WriteParameters(CodeWriter code, PayloadTypeModel type, ObjectShape shape)
    {
        code.Line();
        code.Block($"private static {Metadata.Namespace}JsonParameterInfoValues[] Parameters_{type.Id}() => new {Metadata.Namespace}JsonParameterInfoValues[]", () =>
        {
            for (var index = 0; index < shape.Constructor.Stored.Count; index++)
            {
                var parameter = shape.Constructor.Stored[index];
                var value = parameter.DefaultText is { } text ? $", HasDefaultValue = true, DefaultValue = ({parameter.Type})({text})" : "";
                code.Line($"new() {{ Name = {CodeText.Literal(parameter.Name)}, ParameterType = typeof({parameter.Type}), Position = {index}, IsNullable = true{value} }},");
            }
        }, ";");
    }

    private static void WriteAccessors(CodeWriter code, PayloadTypeModel type, ObjectShape shape)
    {
        if (shape.Constructor is { Accessor: { } constructor, Parameters: var parameters })
        {
            WriteAccessor(code, constructor, $"New_{type.Id}", "UnsafeAccessorKind.Constructor",
                $"{constructor.OpenType} Invoke({string.Join(", ", parameters.Select((parameter, index) => $"{(parameter.IsIn ? "in " : "")}{parameter.OpenType} argument{index}"))})");
        }

        for (var index = 0; index < shape.Members.Count; index++)
        {
            if (shape.Members[index] is { Accessor: { } accessor } member)
            {
                WriteAccessor(code, accessor, $"Set{index}_{type.Id}", $"UnsafeAccessorKind.Method, Name = {CodeText.Literal("set_" + member.Name)}",
                    $"void Invoke({(type.IsReferenceType ? "" : "ref ")}{accessor.OpenType} target, {accessor.OpenValueType} value)");
            }
        }
    }

    private static void WriteAccessor(CodeWriter code, AccessorTarget target, string name, string attribute, string signature)
    {
        code.Line();
        code.Block($"private static class {name}{target.TypeParameters}{target.Constraints}", () =>
        {
            code.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.{attribute})]");
            code.Line($"internal static extern {signature};");
        });
    }
}
