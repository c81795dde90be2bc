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

    public const string Services = "global::Durable.CompilerServices.";
    public const string Nothing = Services + "Nothing";
    public const string Calls = Services + "DurableCalls";
    public const string PayloadType = Services + "PayloadType";
    public const string FingerprintWriter = Services + "FingerprintWriter";
    public const string Registration = Services + "DurableRegistration";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string Json = "global::System.Text.Json.";

    /// <summary>The generated arguments of a step, within its generated class.</summary>
    public const string Arguments = "__Arguments";

    /// <summary>The receiver of a step's call, among its arguments.</summary>
    public const string Receiver = "__receiver";

    /// <summary>The definition of a declaration, within its generated class.</summary>
    public const string Definition = "Definition";
}
