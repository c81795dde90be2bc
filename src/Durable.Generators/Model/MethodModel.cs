using Durable.Collections;

namespace Durable.Generators.Model;

/// <summary>The signature of a declaration, as its implementing half repeats it.</summary>
/// <param name="Modifiers">Everything before the return type, <c>partial</c> included.</param>
/// <param name="ReturnType">The return type.</param>
/// <param name="Name">The method's name, escaped.</param>
/// <param name="TypeParameters">Such as <c>&lt;T&gt;</c>; empty for none, as every valid declaration has.</param>
/// <param name="Constraints">The constraints of the type parameters; empty for none.</param>
/// <param name="HasGeneratedCode">True when the user already says that a tool wrote the declaration, which is allowed once.</param>
/// <param name="HasStepThrough">True when the user already tells debuggers to step through, which is allowed once.</param>
/// <param name="Parameters">All parameters, the token included.</param>
internal sealed record MethodModel(
    string Modifiers, string ReturnType, string Name, string TypeParameters, string Constraints, bool HasGeneratedCode, bool HasStepThrough, EquatableArray<ParameterModel> Parameters)
{
    /// <summary>True when it names a pointer, which is refused, and can be repeated only in an unsafe type.</summary>
    public bool NamesPointer => Parameters.Select(parameter => parameter.Type).Append(ReturnType).Any(type => type.Contains("*"));
}

/// <summary>A parameter of the declaration.</summary>
/// <param name="Modifiers">Such as <c>params</c>, with a space behind; empty for none.</param>
/// <param name="Type">The type, with nullability.</param>
/// <param name="Identifier">The name, escaped.</param>
internal sealed record ParameterModel(string Modifiers, string Type, string Identifier);
