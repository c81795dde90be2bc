using System.Globalization;
using Durable.Code;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Payloads.Reading;

/// <summary>Finds the value that a member has when nothing is said, and how emitted code recognises it.</summary>
internal static class DeclaredDefault
{
    /// <summary>The condition; null when there is no such value, or when it is null, which the fingerprint leaves out by itself.</summary>
    public static MemberDefault? Of(MemberSource member, PayloadWalk walk)
    {
        if (member.Parameter is { } parameter)
            return parameter.HasExplicitDefaultValue ? EqualTo(parameter.ExplicitDefaultValue, member.Type) : null;
        if (member.IsRequired)
            return null;
        return Initializer(member.Symbol, walk.CancellationToken) is { } initializer
            ? Of(initializer, member.Type, walk)
            : EqualTo(null, member.Type);
    }

    /// <summary>True for a member that starts as an empty collection.</summary>
    public static bool IsEmptyCollection(MemberSource member, PayloadWalk walk)
        => Initializer(member.Symbol, walk.CancellationToken) is { } initializer && IsEmptyCollection(initializer, member.Type);

    /// <summary>True for a member that starts with a value that is the same for every instance.</summary>
    public static bool IsConstant(MemberSource member, PayloadWalk walk)
        => Initializer(member.Symbol, walk.CancellationToken) is { } initializer && Of(initializer, member.Type, walk) is not null;

    public static bool HasInitializer(MemberSource member, PayloadWalk walk) => Initializer(member.Symbol, walk.CancellationToken) is not null;

    /// <summary>True for a member that is another value than the default of its type when nothing is said, so that a default that was not written comes back as that value.</summary>
    public static bool ReplacesOmitted(MemberSource member, PayloadWalk walk)
    {
        // A reference that is declared as never null is left out when it breaks its word.
        if (member.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated })
            return false;
        if (member.Parameter is { } parameter)
            return parameter.HasExplicitDefaultValue && !IsDefault(parameter.ExplicitDefaultValue);
        if (Initializer(member.Symbol, walk.CancellationToken) is not { } initializer || initializer.IsKind(SyntaxKind.DefaultLiteralExpression) || !walk.Compilation.ContainsSyntaxTree(initializer.SyntaxTree))
            return false;
        var constant = walk.Compilation.GetSemanticModel(initializer.SyntaxTree).GetConstantValue(initializer, walk.CancellationToken);
        // Of what is computed nothing is known but that it is hardly null.
        return CanBeNull(member.Type) ? constant is not { HasValue: true, Value: null } : constant.HasValue && !IsDefault(constant.Value);

        static bool IsDefault(object? value) => value is null || (value is IConvertible and not string && Convert.ToDouble(value is char character ? (int)character : value, CultureInfo.InvariantCulture) == 0);
    }

    /// <summary>The condition for a constant.</summary>
    private static MemberDefault? EqualTo(object? value, ITypeSymbol type)
        => value is null && CanBeNull(type) ? null : ScalarTypes.IsMemory(type) ? new MemberDefault("", ".IsEmpty") : EqualTo(ConstantText.Of(value, type), type.FullName(), InexactEquality.Of(type));

    /// <summary>The condition for a constant's expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="typeName">The type of the member.</param>
    /// <param name="isInexact">True where equal values may differ in what is stored.</param>
    public static MemberDefault EqualTo(string expression, string typeName, bool isInexact)
        => new($"global::System.Collections.Generic.EqualityComparer<{typeName}>.Default.Equals(", $", {expression})", isInexact ? expression : null);

    private static bool CanBeNull(ITypeSymbol type) => type.IsReferenceType || type.NullableUnderlying() is not null;

    private static ExpressionSyntax? Initializer(ISymbol member, CancellationToken cancellationToken)
        => member.DeclaringSyntaxReferences is not [var reference, ..] ? null : reference.GetSyntax(cancellationToken) switch
        {
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            _ => null,
        };

    private static MemberDefault? Of(ExpressionSyntax initializer, ITypeSymbol type, PayloadWalk walk)
    {
        while (initializer is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand })
            initializer = operand;
        if (initializer is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression })
            return EqualTo(null, type);
        if (IsEmptyCollection(initializer, type))
            return Empty(type);
        if (!walk.Compilation.ContainsSyntaxTree(initializer.SyntaxTree))
            return null;
        var model = walk.Compilation.GetSemanticModel(initializer.SyntaxTree);
        if (model.GetConstantValue(initializer, walk.CancellationToken) is { HasValue: true } constant)
            return constant.Value is null || CanCast(constant.Value, type) ? EqualTo(constant.Value, type) : null;
        if (model.GetSymbolInfo(initializer, walk.CancellationToken).Symbol is not { Name: "Empty", IsStatic: true, ContainingType: var owner } || initializer is InvocationExpressionSyntax)
            return null;
        // What the library's collections call Empty is what it says; of others nothing is known.
        return owner.SpecialType == SpecialType.System_String ? EqualTo("", type) : CollectionTypes.IsKnown(owner) && CollectionTypes.IsKnown(type) ? Empty(type) : null;
    }

    private static bool CanCast(object value, ITypeSymbol type)
        => value is string or bool ? (type.NullableUnderlying() ?? type).SpecialType is SpecialType.System_String or SpecialType.System_Boolean : type.IsValueType;

    private static bool IsEmptyCollection(ExpressionSyntax initializer, ITypeSymbol type) => CollectionTypes.IsKnown(type) && initializer switch
    {
        CollectionExpressionSyntax collection => collection.Elements.Count == 0,
        BaseObjectCreationExpressionSyntax creation => creation is { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null or { Expressions.Count: 0 } },
        _ => false,
    };

    private static MemberDefault? Empty(ITypeSymbol type) => type switch
    {
        { IsValueType: true } => new MemberDefault("", ".IsDefaultOrEmpty"),
        { TypeKind: TypeKind.Array } => new MemberDefault("(", " is { Length: 0 })"),
        { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } => null,
        _ when CollectionTypes.Contract(type) is { HasCount: false } => new MemberDefault("(", " is { IsEmpty: true })"),
        _ => new MemberDefault("(", " is { Count: 0 })"),
    };
}
