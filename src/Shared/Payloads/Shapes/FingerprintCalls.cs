using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>Writes the calls of fingerprint writers, which stand in the same class, or, from within a user's type, in that of the assembly.</summary>
/// <param name="isLocal">True for a type, by its name, whose writer stands in the user's type.</param>
/// <param name="assembly">The class of the assembly's writers; empty in that class itself.</param>
internal sealed class FingerprintCalls(Func<string, bool> isLocal, string assembly)
{
    /// <summary>In the assembly's class, where all writers stand.</summary>
    public static FingerprintCalls OfAssembly { get; } = new(_ => true, "");

    /// <summary>Writes the canonical form of a part of the value.</summary>
    /// <param name="code">Takes the code.</param>
    /// <param name="type">The name of the part's type.</param>
    /// <param name="value">The expression.</param>
    public void Write(CodeWriter code, string type, string value)
        => code.Line($"{Writer(type)}(writer, {value});");

    /// <summary>The method that writes the canonical form of a type.</summary>
    /// <param name="type">The type's name.</param>
    public string Writer(string type) => $"{(isLocal(type) ? "" : assembly + ".")}Write_{PayloadIdentifier.Of(type)}";
}
