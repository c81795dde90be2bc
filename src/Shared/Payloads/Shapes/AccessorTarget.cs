namespace Durable.Payloads.Shapes;

/// <summary>The declaration that an unsafe accessor names. It must repeat the generic declaration, not the closed type.</summary>
/// <param name="OpenType">The declaring type in terms of its own parameters.</param>
/// <param name="OpenValueType">The type of the value in these terms; empty for a constructor.</param>
/// <param name="TypeParameters"><c>&lt;T&gt;</c> or empty.</param>
/// <param name="Constraints">The constraints, with a leading space, or empty.</param>
/// <param name="TypeArguments"><c>&lt;int&gt;</c> or empty.</param>
internal sealed record AccessorTarget(string OpenType, string OpenValueType, string TypeParameters, string Constraints, string TypeArguments);
