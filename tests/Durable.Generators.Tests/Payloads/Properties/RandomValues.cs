using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>Values of any payload type, made by reflection of the decisions on a tape.</summary>
/// <param name="tape">The decisions.</param>
/// <param name="isReversed">True to fill sets and dictionaries in the other order: an equal value in another state.</param>
internal sealed class RandomValues(Tape tape, bool isReversed = false)
{
    private const int MaxDepth = 6;

    private int _depth;

    /// <summary>A value, or null.</summary>
    public object? Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return tape.Next(3) == 0 ? null : Make(underlying);
        if (!type.IsValueType && (_depth > MaxDepth || (tape.Next(6) == 0 && type != typeof(JsonDocument))))
            return null;
        return MakePresent(type);
    }

    private object MakePresent(Type type)
    {
        if (HostileScalars.Make(type, tape) is { } scalar)
            return scalar;
        _depth++;
        var value = type.IsArray ? OfItems(typeof(List<>), type.GetElementType()!, "ToArray")
            : type.IsAssignableTo(typeof(ITuple)) ? Activator.CreateInstance(type, [.. type.GetGenericArguments().Select((item, index) => index == 7 ? MakePresent(item) : Make(item))])!
            : Collection(type) ?? Object(type);
        _depth--;
        return value;
    }

    private object Object(Type type)
    {
        var derived = type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(attribute => attribute.DerivedType).Prepend(type).Where(candidate => candidate is { IsAbstract: false, IsInterface: false }).Distinct().ToArray();
        type = derived[tape.Next(derived.Length)];
        var made = StoredMember.Create(type, parameter => parameter.HasDefaultValue && tape.Next(3) == 0 ? DefaultOf(parameter) : Make(parameter.ParameterType));
        foreach (var member in StoredMember.Of(type).Where(member => member.Parameter is null))
        {
            if (member.IsFilled)
                Fill(member.Get(made)!);
            else if (member.IsRequired || tape.Next(4) != 0)
                member.Set(made, Make(member.Type));
        }

        return made;
    }

    /// <summary>What a missing argument is.</summary>
    public static object? DefaultOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue is { } value ? type.IsEnum ? Enum.ToObject(type, value) : value
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
    }

    private object? Collection(Type type)
    {
        if (!type.IsGenericType || type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) != true || type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal))
            return null;
        var arguments = type.GetGenericArguments();
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ReadOnlyObservableCollection<>))
            return Activator.CreateInstance(type, OfItems(typeof(ObservableCollection<>), arguments[0]));
        if (arguments.Length == 2)
            return Dictionary(type, definition, arguments);
        var isSet = type.Name.Contains("Set");
        var items = isSet ? OfItems(type.Name.Contains("Sorted") ? typeof(SortedSet<>) : typeof(HashSet<>), arguments[0], isSet: true) : OfItems(typeof(List<>), arguments[0]);
        return type.IsInstanceOfType(items) ? items : Converted(type, definition, arguments, items);
    }

    private object Dictionary(Type type, Type definition, Type[] arguments)
    {
        var isOrdered = definition == typeof(OrderedDictionary<,>);
        var pairs = new List<(object Key, object? Value)>();
        for (var count = tape.Next(4); count > 0; count--)
            pairs.Add((MakePresent(arguments[0]), Make(arguments[1])));
        pairs = [.. pairs.DistinctBy(pair => pair.Key)];
        if (isReversed && !isOrdered)
            pairs.Reverse();
        var made = (IDictionary)Activator.CreateInstance((type is { IsAbstract: false } && type.GetConstructor([]) is not null ? definition : typeof(Dictionary<,>)).MakeGenericType(arguments))!;
        foreach (var (key, value) in pairs)
            made[key] = value;
        return type.IsInstanceOfType(made) ? made : Converted(type, definition, arguments, made);
    }

    private object Converted(Type type, Type definition, Type[] arguments, object items)
    {
        var name = type.Name[..type.Name.IndexOf('`')];
        if (type.Namespace == typeof(FrozenSet).Namespace)
        {
            return definition == typeof(FrozenSet<>) ? Call(typeof(FrozenSet), "ToFrozenSet", arguments, items, null)
                : Call(typeof(FrozenDictionary), "ToFrozenDictionary", arguments, items, null);
        }

        if (type.Namespace != typeof(ImmutableArray).Namespace)
            return Activator.CreateInstance(type, items)!;
        var factory = (type.IsInterface ? name[1..] : name) is "ImmutableSet" ? "ImmutableHashSet" : type.IsInterface ? name[1..] : name;
        return Call(typeof(ImmutableArray).Assembly.GetType($"{type.Namespace}.{factory}")!, "CreateRange", arguments, items);
    }

    private static object Call(Type type, string name, Type[] arguments, params object?[] values)
        => type.GetMethods().Where(method => method.Name == name && method.GetGenericArguments().Length == arguments.Length && method.GetParameters().Length == values.Length)
            .Select(method => method.MakeGenericMethod(arguments))
            .First(method => method.GetParameters()[0].ParameterType is { IsInterface: true } parameter && parameter.IsInstanceOfType(values[0]))
            .Invoke(null, values)!;

    private object OfItems(Type definition, Type item, string? then = null, bool isSet = false)
    {
        var items = new List<object?>();
        for (var count = tape.Of(0, 1, 2, 3, 5); count > 0; count--)
            items.Add(isSet ? MakePresent(item) : Make(item));
        // Equal items may differ in what their equality does not see, as the same instant at two offsets: the first stays.
        if (isSet)
            items = [.. items.Distinct()];
        if (isSet && isReversed)
            items.Reverse();
        var type = definition.MakeGenericType(item);
        var made = Activator.CreateInstance(type)!;
        var add = type.GetMethod("Add")!;
        foreach (var value in items)
            add.Invoke(made, [value]);
        return then is null ? made : type.GetMethod(then)!.Invoke(made, null)!;
    }

    private void Fill(object collection)
    {
        var face = collection.GetType().GetInterfaces().First(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ICollection<>));
        var item = face.GetGenericArguments()[0];
        if (collection is IDictionary dictionary)
        {
            foreach (DictionaryEntry pair in (IDictionary)Dictionary(collection.GetType(), collection.GetType().GetGenericTypeDefinition(), collection.GetType().GetGenericArguments()))
                dictionary[pair.Key] = pair.Value;
            return;
        }

        foreach (var value in (IEnumerable)OfItems(collection.GetType().Name.Contains("Set") ? typeof(HashSet<>) : typeof(List<>), item, isSet: collection.GetType().Name.Contains("Set")))
            face.GetMethod("Add")!.Invoke(collection, [value]);
    }
}
