using Durable.Payloads.Errors;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>A property or field of a payload type, before it becomes a model.</summary>
internal sealed class MemberSource(ISymbol symbol, INamedTypeSymbol owner)
{
    private const int Always = 1;
    private const int WhenWritingDefault = 2;
    private const int WhenWritingNull = 3;
    private const int WhenWriting = 4;
    private const int WhenReading = 5;

    public ISymbol Symbol { get; } = symbol;

    public ITypeSymbol Type { get; } = symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)symbol).Type;

    /// <summary>The constructor parameter that sets it; null without one.</summary>
    public IParameterSymbol? Parameter { get; set; }

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    public bool HasInclude { get; } = symbol.HasJsonAttribute("Include");

    /// <summary>The number of the condition under which it is not written; null without one.</summary>
    public int? IgnoreCondition { get; } = symbol.FindAttribute("System.Text.Json.Serialization.JsonIgnoreAttribute") is not { } attribute ? null
        : attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value.Value is not int condition ? Always
        : condition == 0 ? null : condition;

    public bool IsIgnored => IgnoreCondition == Always;

    public string StoredName => Symbol.JsonAttributeValue("PropertyName") as string ?? Symbol.Name;

    private IMethodSymbol? Setter
    {
        get
        {
            for (var property = Symbol as IPropertySymbol; property is not null; property = property.OverriddenProperty)
            {
                if (property.SetMethod is { } setter)
                    return setter;
            }

            return null;
        }
    }

    private IMethodSymbol? Getter
    {
        get
        {
            for (var property = Symbol as IPropertySymbol; property is not null; property = property.OverriddenProperty)
            {
                if (property.GetMethod is { } getter)
                    return getter;
            }

            return null;
        }
    }

    /// <summary>True when emitted code can read it.</summary>
    /// <param name="walk">Knows what is accessible; null to look only.</param>
    public bool IsReadable(PayloadWalk? walk) => Symbol is IFieldSymbol
        ? IsAccessible(Symbol, walk)
        : Getter is { } getter && (getter.DeclaredAccessibility == Accessibility.Public || HasInclude) && IsAccessible(getter, walk);

    /// <summary>True when reading sets it after construction.</summary>
    /// <param name="constructor">What makes the owner, without this member.</param>
    /// <param name="walk">Knows what is accessible.</param>
    public bool IsSetBy(IMethodSymbol constructor, PayloadWalk walk) => SetBy(constructor, walk) != MemberSet.None;

    /// <summary>True when a type of the user's holds a value in it that nothing would bring back.</summary>
    /// <inheritdoc cref="IsSetBy"/>
    public bool IsLostBy(IMethodSymbol constructor, PayloadWalk walk)
        => !IsIgnored && !IsSetBy(constructor, walk) && IsLost(walk) && !LibraryTypes.Include(Symbol.ContainingType, walk.Compilation);

    /// <summary>The model; its type is walked.</summary>
    /// <param name="path">Where the owner stands.</param>
    /// <param name="constructor">What makes the owner.</param>
    /// <param name="walk">The walk.</param>
    public ObjectMember ToModel(string path, IMethodSymbol constructor, PayloadWalk walk)
    {
        if (IsIgnored)
            return new ObjectMember { Name = Symbol.Name, StoredName = StoredName, Type = Type.FullName(), DeclaringType = Symbol.ContainingType.FullName(), IsIgnored = true, IsFingerprinted = false };
        var memberPath = $"{path}.{Symbol.Name}";
        var converter = UserConverters.Expression(Symbol, Type, memberPath, walk);
        var type = converter is null ? walk.Visit(Type, memberPath) : Type.FullName();
        var set = SetBy(constructor, walk);
        var accessor = set == MemberSet.Accessor ? Accessors.Target(Setter!.ContainingType, Setter.OriginalDefinition.Parameters[0].Type.FullName()) : null;
        if (set == MemberSet.Accessor && accessor is null)
            walk.Refuse(Type, memberPath, Accessors.Refusal);
        if (set == MemberSet.None && IsLost(walk))
            walk.Report(new PayloadProblem(PayloadProblemKind.Lossy, memberPath, Type.ShortName(), "is written and not read back: give it a public or init setter or a constructor parameter, or mark it with [JsonIgnore]"));
        if (IgnoreCondition is WhenWritingDefault or WhenWritingNull && DeclaredDefault.ReplacesOmitted(this, walk))
            walk.Report(new PayloadProblem(PayloadProblemKind.Lossy, memberPath, Type.ShortName(), "is left out at its type's default and comes back as its declared default: take away the condition of [JsonIgnore], or the declared default"));
        if (IgnoreCondition is WhenWriting or WhenReading)
            walk.Report(new PayloadProblem(PayloadProblemKind.Lossy, memberPath, Type.ShortName(), $"is {(IgnoreCondition == WhenWriting ? "never written" : "written and not read back")}: take away the condition of [JsonIgnore], or ignore the member always"));
        return new ObjectMember
        {
            Name = Symbol.Name,
            StoredName = StoredName,
            Type = type,
            NullableOf = Type.NullableUnderlying()?.FullName(),
            DeclaringType = Symbol.ContainingType.FullName(),
            IsField = Symbol is IFieldSymbol,
            IsHidden = IsHidden(),
            Set = set,
            Accessor = accessor,
            IsRequired = (IsRequired || Symbol.HasJsonAttribute("Required")) && IgnoreCondition is null,
            IgnoreCondition = IgnoreCondition,
            NumberHandling = Symbol.JsonAttributeValue("NumberHandling") as int?,
            Order = Symbol.JsonAttributeValue("PropertyOrder") is int order ? order : 0,
            Converter = converter,
            IsFingerprinted = set != MemberSet.None || Parameter is not null || Setter is not null || HasStorage(owner.DeclaringSyntaxReferences.Length == 0),
            IsSensitive = Sensitivity.IsMarked(Symbol, owner) || (converter is not null && Sensitivity.IsReached(Type, walk.Compilation)),
            Default = DeclaredDefault.Of(this, walk),
        };
    }

    /// <summary>True when a type between the owner and the declaring one has another member of that name.</summary>
    private bool IsHidden()
    {
        for (var type = owner; type is not null && !SymbolEqualityComparer.Default.Equals(type, Symbol.ContainingType); type = type.BaseType)
        {
            if (type.GetMembers(Symbol.Name).Any(member => !member.IsOverride))
                return true;
        }

        return false;
    }

    private bool IsAccessible(ISymbol symbol, PayloadWalk? walk) => walk is null || walk.IsAccessible(symbol, owner);

    private MemberSet SetBy(IMethodSymbol constructor, PayloadWalk walk)
    {
        if (Parameter is not null)
            return MemberSet.None;
        if (Symbol is IFieldSymbol field)
            return field.IsReadOnly ? MemberSet.None : MemberSet.Assign;
        if (Setter is not { } setter)
        {
            // Filled, not set: so its initial value must be empty, and the library fills only what it made without arguments.
            var isFilled = constructor.Parameters.All(parameter => IsGiven(parameter, walk)) && CollectionTypes.IsFillable(Type) && HasStorage(ifUnknown: false) && DeclaredDefault.IsEmptyCollection(this, walk);
            return isFilled ? MemberSet.Populate : MemberSet.None;
        }

        if (setter.DeclaredAccessibility != Accessibility.Public && !HasInclude && !IsRequired)
            return MemberSet.None;
        return setter.IsInitOnly || !IsAccessible(setter, walk) ? MemberSet.Accessor : MemberSet.Assign;
    }

    /// <summary>True when a value is stored that no later reading returns. What every instance has alike is not lost.</summary>
    private bool IsLost(PayloadWalk walk)
    {
        if (Parameter is not null)
            return false;
        if (Setter is not null || Symbol is IFieldSymbol)
            return true;
        if (!HasStorage(ifUnknown: false))
            return false;
        return DeclaredDefault.HasInitializer(this, walk)
            ? !DeclaredDefault.IsConstant(this, walk) || CollectionTypes.IsFillable(Type)
            : owner.InstanceConstructors.Count(constructor => !constructor.IsImplicitlyDeclared) > 1;
    }

    // An error's message and inner error: no arguments for the library.
    private bool IsGiven(IParameterSymbol parameter, PayloadWalk walk) => SymbolEqualityComparer.Default.Equals(owner, walk.Error) && ErrorConstructors.Given(parameter) is not null;

    // What is computed from other members adds nothing to a fingerprint, and adding such a member must not change it.
    private bool HasStorage(bool ifUnknown) => ifUnknown || Symbol is IFieldSymbol
        || Symbol.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, Symbol));
}
