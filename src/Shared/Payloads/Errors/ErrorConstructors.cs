using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Errors;

/// <summary>Chooses the constructor that makes an error again.</summary>
internal static class ErrorConstructors
{
    /// <summary>The annotated one, else of those that can be called the one that loses least of the data, then the one with most parameters. Where several are alike, the one without any, as for payloads.</summary>
    public static IMethodSymbol? Choose(INamedTypeSymbol type, IReadOnlyList<MemberSource> members, string path, PayloadWalk walk)
    {
        var annotated = type.InstanceConstructors.Where(constructor => constructor.HasJsonAttribute("Constructor")).ToList();
        if (annotated.Count > 1)
            return Refuse("has more than one [JsonConstructor]");
        var callable = annotated.Count == 1 ? annotated : [.. type.InstanceConstructors.Where(constructor => walk.IsAccessible(constructor, type))];
        if (callable.Count == 0)
            return Refuse("has no constructor that generated code can call: make one public or internal, or mark one with [JsonConstructor]");
        var usable = callable.Where(constructor => Unknown(constructor, members).Count == 0)
            .GroupBy(constructor => (
                Lost: members.Count(member => !IsTaken(member, constructor, members) && member.IsLostBy(constructor, walk)),
                constructor.Parameters.Length,
                // What a setter sets comes back in any case; the message does not.
                TakesMessage: constructor.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_String && Given(parameter) is not null),
                Taken: members.Count(member => IsTaken(member, constructor, members))))
            .OrderBy(group => group.Key.Lost).ThenByDescending(group => group.Key.Length).ThenByDescending(group => group.Key.TakesMessage).ThenByDescending(group => group.Key.Taken)
            .ToList();
        if (usable.Count == 0)
        {
            var nearest = callable.Select(constructor => Unknown(constructor, members)).OrderBy(unknown => unknown.Count).First();
            return Refuse($"has the constructor parameter '{nearest[0].Name}', which has no public property of that name and type, and is neither a string 'message' nor an Exception 'innerException'");
        }

        return usable[0].Count() == 1 ? usable[0].First()
            : usable.FirstOrDefault(group => group.Key.Length == 0 && group.Key.Lost == usable[0].Key.Lost)?.First()
                ?? Refuse("has several constructors that bring back as much: mark one with [JsonConstructor]");

        IMethodSymbol? Refuse(string reason)
        {
            walk.Refuse(type, path, reason);
            return null;
        }
    }

    /// <summary>What a parameter is given that takes no data: the recorded message, or the inner error.</summary>
    public static string? Given(IParameterSymbol parameter)
    {
        return parameter.Type.SpecialType == SpecialType.System_String && Is("message") ? $"{Metadata.Runtime}RecordedError.Message"
            : ErrorTypes.IsException(parameter.Type) && (Is("innerException") || Is("inner")) ? $"{Metadata.Runtime}RecordedError.Inner"
            : null;

        bool Is(string name) => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase);
    }

    private static List<IParameterSymbol> Unknown(IMethodSymbol constructor, IReadOnlyList<MemberSource> members)
        => [.. constructor.Parameters.Where(parameter => parameter.RefKind is not (RefKind.None or RefKind.In) || (ObjectConstructors.MemberOf(parameter, members) is null && Given(parameter) is null))];

    private static bool IsTaken(MemberSource member, IMethodSymbol constructor, IReadOnlyList<MemberSource> members)
        => constructor.Parameters.Any(parameter => ObjectConstructors.MemberOf(parameter, members) == member);
}
