using Durable.Declarations;

namespace Durable.Generators.Emission;

/// <summary>The names that generated code uses, all from <c>global::</c> on: nothing that a user declares can get in between.</summary>
internal static class Names
{
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"" + KnownTypes.GeneratorName + "\", \"1\")]";

    /// <summary>The debugger passes through on its way from a call to the user's body, with and without Just My Code.</summary>
    public const string StepThrough = "[global::System.Diagnostics.DebuggerStepThrough]";

    /// <summary>What is obsolete may use whatever is: what a user marks as obsolete, even as an error, is still registered and stored.</summary>
    public const string UsesObsolete = "[global::System.Obsolete]";

    public const string Root = "global::Durable.";
    public const string Services = "global::Durable.CompilerServices.";
    public const string Nothing = Services + "Nothing";
    public const string Calls = Services + "DurableCalls";
    public const string PayloadType = Services + "PayloadType";
    public const string FingerprintWriter = Services + "FingerprintWriter";
    public const string Registration = Services + "DurableRegistration";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string Json = "global::System.Text.Json.";

    public const string ValueTuple = "global::System.ValueTuple";

    /// <summary>The nested class that holds the definitions of a type's declarations.</summary>
    public const string Definitions = DeclarationNames.GeneratedClass;

    /// <summary>An item of a tuple; the compiler finds those behind the seventh.</summary>
    public static string Item(int place) => "Item" + place.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
