using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Payloads.Reading;

/// <summary>Says of which types a live value cannot differ from its stored form, if that holds for all that they reach.</summary>
internal static class Immutability
{
    public static bool AllowedBy(ITypeSymbol type, PayloadShape? shape) => shape switch
    {
        ScalarShape or EnumShape => ScalarTypes.IsImmutable(type),
        NullableShape or TupleShape => true,
        ObjectShape objects => type is INamedTypeSymbol { IsRecord: true } record && IsPlain(record, objects),
        _ => false,
    };

    // Only records of this compilation: of another assembly the private fields and initial values are not known.
    private static bool IsPlain(INamedTypeSymbol type, ObjectShape shape)
        => type.DeclaringSyntaxReferences.Length > 0
            && (type.IsValueType ? type.IsReadOnly : type.IsSealed && type.BaseType?.SpecialType == SpecialType.System_Object)
            && shape.Members.All(member => member is { Set: not MemberSet.Assign, IgnoreCondition: null, Converter: null, NumberHandling: null, IsField: false, IsIgnored: false })
            && type.GetMembers().All(IsPlainMember)
            && type.GetMembers().OfType<IPropertySymbol>().All(property => !HasStorage(type, property) || (IsReadBack(property, shape) && !HasBody(property.GetMethod)))
            && type.InstanceConstructors.All(constructor => constructor.IsImplicitlyDeclared || constructor.Parameters.Length == 0 || IsPrimary(constructor));

    private static bool IsPlainMember(ISymbol member) => member switch
    {
        IFieldSymbol field => field.IsStatic || field.IsConst || field.AssociatedSymbol is IPropertySymbol,
        IPropertySymbol property => property.IsStatic || property.HasJsonAttribute("Ignore") is false && property.SetMethod is null or { IsInitOnly: true } && !HasBody(property.SetMethod),
        _ => true,
    };

    private static bool IsReadBack(IPropertySymbol property, ObjectShape shape)
        => shape.Members.Any(member => member.Name == property.Name && (member.Set == MemberSet.Accessor || shape.Constructor.Parameters.Any(parameter => parameter.Name == property.Name)));

    private static bool HasStorage(INamedTypeSymbol type, IPropertySymbol property)
        => type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool HasBody(IMethodSymbol? accessor)
        => accessor is { DeclaringSyntaxReferences: [var reference, ..] } && reference.GetSyntax() is AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null };

    private static bool IsPrimary(IMethodSymbol constructor)
        => constructor.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax() is RecordDeclarationSyntax;
}
