using Durable.Payloads.Shapes;

namespace Durable.Payloads.Reading;

/// <summary>The library's collections by their definitions: those that are stored, and those that would not come back as they went.</summary>
internal static class KnownCollections
{
    private const string Generic = "System.Collections.Generic.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Frozen = "System.Collections.Frozen.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string ObjectModel = "System.Collections.ObjectModel.";

    public static readonly CollectionContract Array = new("CreateArrayInfo", CollectionKind.Array);

    /// <summary>Those whose order counts.</summary>
    public static readonly Dictionary<string, CollectionContract> Lists = new()
    {
        [Generic + "List`1"] = Fillable("CreateListInfo"),
        [Generic + "IList`1"] = Interface("CreateIListInfo") with { IsFillable = true },
        [Generic + "ICollection`1"] = Interface("CreateICollectionInfo") with { IsFillable = true },
        [Generic + "IEnumerable`1"] = Interface("CreateIEnumerableInfo") with { IsReadOnce = true },
        [Generic + "IReadOnlyList`1"] = Interface("CreateIEnumerableInfo"),
        [Generic + "IReadOnlyCollection`1"] = Interface("CreateIEnumerableInfo"),
        [Generic + "LinkedList`1"] = Fillable("CreateICollectionInfo"),
        [Generic + "Queue`1"] = Fillable("CreateQueueInfo"),
        [Concurrent + "ConcurrentQueue`1"] = Fillable("CreateConcurrentQueueInfo"),
        [ObjectModel + "Collection`1"] = Fillable("CreateIListInfo"),
        [ObjectModel + "ObservableCollection`1"] = Fillable("CreateIListInfo"),
        [ObjectModel + "ReadOnlyCollection`1"] = Items($"new global::{ObjectModel}ReadOnlyCollection<{{items}}>(new global::{Generic}List<{{items}}>(items))"),
        [ObjectModel + "ReadOnlyObservableCollection`1"] = Items($"new global::{ObjectModel}ReadOnlyObservableCollection<{{items}}>(new global::{ObjectModel}ObservableCollection<{{items}}>(items))"),
        [Immutable + "ImmutableArray`1"] = Items($"global::{Immutable}ImmutableArray.CreateRange(items)") with { HasDefaultWithoutItems = true },
        [Immutable + "ImmutableList`1"] = Items($"global::{Immutable}ImmutableList.CreateRange(items)"),
        [Immutable + "IImmutableList`1"] = Items($"global::{Immutable}ImmutableList.CreateRange(items)"),
        [Immutable + "ImmutableQueue`1"] = Items($"global::{Immutable}ImmutableQueue.CreateRange(items)") with { HasCount = false },
        [Immutable + "IImmutableQueue`1"] = Items($"global::{Immutable}ImmutableQueue.CreateRange(items)") with { HasCount = false },
    };

    /// <summary>Those whose order does not count.</summary>
    public static readonly Dictionary<string, CollectionContract> Sets = new()
    {
        [Generic + "HashSet`1"] = Fillable("CreateISetInfo"),
        [Generic + "SortedSet`1"] = Fillable("CreateISetInfo"),
        [Generic + "ISet`1"] = Interface("CreateISetInfo") with { IsFillable = true },
        [Generic + "IReadOnlySet`1"] = Items($"new global::{Generic}HashSet<{{items}}>(items)"),
        [ObjectModel + "ReadOnlySet`1"] = Items($"new global::{ObjectModel}ReadOnlySet<{{items}}>(new global::{Generic}HashSet<{{items}}>(items))"),
        [Immutable + "ImmutableHashSet`1"] = Items($"global::{Immutable}ImmutableHashSet.CreateRange(items)"),
        [Immutable + "ImmutableSortedSet`1"] = Items($"global::{Immutable}ImmutableSortedSet.CreateRange(items)"),
        [Immutable + "IImmutableSet`1"] = Items($"global::{Immutable}ImmutableHashSet.CreateRange(items)"),
        [Frozen + "FrozenSet`1"] = Items($"global::{Frozen}FrozenSet.ToFrozenSet(items)"),
    };

    /// <summary>Those of keys and values.</summary>
    public static readonly Dictionary<string, CollectionContract> Dictionaries = new()
    {
        [Generic + "Dictionary`2"] = Fillable("CreateDictionaryInfo"),
        [Generic + "SortedDictionary`2"] = Fillable("CreateIDictionaryInfo"),
        [Generic + "SortedList`2"] = Fillable("CreateIDictionaryInfo"),
        [Generic + "OrderedDictionary`2"] = Fillable("CreateIDictionaryInfo") with { IsOrdered = true },
        [Generic + "IDictionary`2"] = Interface("CreateIDictionaryInfo") with { IsFillable = true },
        [Generic + "IReadOnlyDictionary`2"] = Interface("CreateIReadOnlyDictionaryInfo"),
        [Concurrent + "ConcurrentDictionary`2"] = Fillable("CreateIDictionaryInfo"),
        [ObjectModel + "ReadOnlyDictionary`2"] = Pairs($"new global::{ObjectModel}ReadOnlyDictionary<{{items}}>(new global::{Generic}Dictionary<{{items}}>(items))"),
        [Immutable + "ImmutableDictionary`2"] = Pairs($"global::{Immutable}ImmutableDictionary.CreateRange(items)"),
        [Immutable + "ImmutableSortedDictionary`2"] = Pairs($"global::{Immutable}ImmutableSortedDictionary.CreateRange(items)"),
        [Immutable + "IImmutableDictionary`2"] = Pairs($"global::{Immutable}ImmutableDictionary.CreateRange(items)"),
        [Frozen + "FrozenDictionary`2"] = Pairs($"global::{Frozen}FrozenDictionary.ToFrozenDictionary(items)"),
    };

    /// <summary>Why the others cannot be stored, as the end of a sentence that starts with the type.</summary>
    public static readonly Dictionary<string, string> Refused = new()
    {
        [Generic + "Stack`1"] = Reversed,
        [Concurrent + "ConcurrentStack`1"] = Reversed,
        [Immutable + "ImmutableStack`1"] = Reversed,
        [Immutable + "IImmutableStack`1"] = Reversed,
        [Concurrent + "ConcurrentBag`1"] = "keeps no order, so that it would come back as another: use a list",
        [Generic + "PriorityQueue`2"] = "is stored without its order: use a list",
    };

    private const string Reversed = "would come back in reverse: use a list";

    private static CollectionContract Interface(string factory) => new(factory, CollectionKind.Interface);

    private static CollectionContract Fillable(string factory) => new(factory, CollectionKind.Created) { IsFillable = true };

    private static CollectionContract Items(string creation) => new("CreateImmutableEnumerableInfo", CollectionKind.FromItems) { Creation = creation };

    private static CollectionContract Pairs(string creation) => new("CreateImmutableDictionaryInfo", CollectionKind.FromItems) { Creation = creation };
}
