using Durable.Code;
using Durable.Collections;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads records, classes and structs.</summary>
internal static class ObjectTypes
{
    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
    {
        if (type is not INamedTypeSymbol named)
            return null;
        var polymorphism = DerivedTypes.Read(named, path, walk);
        if (type.IsAbstract)
            return polymorphism is null ? null : new AbstractShape(polymorphism);
        return ObjectConstructors.Choose(named, path, walk) is { } constructor
            ? Of(named, constructor, ObjectMembers.Of(named, path, walk), static _ => null, path, walk) is { } shape ? shape with { Polymorphism = polymorphism } : null
            : null;
    }

    /// <summary>The shape of a type; null when it cannot be stored, which the walk was told.</summary>
    /// <param name="type">The type.</param>
    /// <param name="constructor">What makes it.</param>
    /// <param name="members">Its members.</param>
    /// <param name="given">The expression of what a parameter is given besides what is stored; null for one that takes a member.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="walk">The walk.</param>
    public static ObjectShape? Of(INamedTypeSymbol type, IMethodSymbol constructor, IReadOnlyList<MemberSource> members, Func<IParameterSymbol, string?> given, string path, PayloadWalk walk)
    {
        var parameters = new List<ObjectParameter>();
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In))
            {
                walk.Refuse(type, path, $"has the constructor parameter '{parameter.Name}', which is passed by reference");
                return null;
            }

            if (ObjectConstructors.MemberOf(parameter, members) is not { } member)
            {
                if (given(parameter) is { } expression)
                {
                    parameters.Add(new ObjectParameter(parameter.Name, parameter.Type.FullName(), parameter.OriginalDefinition.Type.FullName(), null, parameter.RefKind == RefKind.In, expression));
                    continue;
                }

                walk.Refuse(type, path, $"has the constructor parameter '{parameter.Name}', which has no property of that name and type");
                return null;
            }

            // What writing may leave out, reading cannot insist on.
            var isOmitted = member.IsIgnored || member.IgnoreCondition is not null;
            parameters.Add(new ObjectParameter(
                parameter.Name,
                parameter.Type.FullName(),
                parameter.OriginalDefinition.Type.FullName(),
                parameter.HasExplicitDefaultValue ? ConstantText.Of(parameter.ExplicitDefaultValue, parameter.Type) : isOmitted ? ConstantText.Of(null, parameter.Type) : null,
                parameter.RefKind == RefKind.In));
            member.Parameter = parameter;
        }

        var stored = members.Where(member => !member.IsIgnored || member.Parameter is not null).Select(member => member.ToModel(path, constructor, walk)).ToList();
        foreach (var twin in stored.Where(member => !member.IsIgnored).GroupBy(member => member.StoredName).Where(group => group.Count() > 1))
            walk.Refuse(type, path, $"has two members stored as '{twin.Key}'");
        var call = ObjectConstructors.CallOf(constructor, members, walk);
        var accessor = call == ConstructorCall.Accessor ? Accessors.Target(type, "") : null;
        if (call == ConstructorCall.Accessor && accessor is null)
            walk.Refuse(type, path, Accessors.Refusal);
        return new ObjectShape(new ObjectConstructor(call, parameters.ToEquatableArray(), accessor), stored.ToEquatableArray())
        {
            NumberHandling = type.JsonAttributeValue("NumberHandling") as int?,
            IsOpen = type is { IsReferenceType: true, IsSealed: false },
            HasCallbacks = type.AllInterfaces.Any(callback => callback.DefinitionName() is "System.Text.Json.Serialization.IJsonOnSerializing" or "System.Text.Json.Serialization.IJsonOnSerialized"),
            UnmappedMemberHandling = type.JsonAttributeValue("UnmappedMemberHandling") as int?,
        };
    }
}
