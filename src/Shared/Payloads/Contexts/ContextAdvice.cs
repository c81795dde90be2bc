namespace Durable.Payloads.Contexts;

/// <summary>The end of a message about what a context of the user's would store.</summary>
internal static class ContextAdvice
{
    /// <summary>For a type that System.Text.Json can store by itself.</summary>
    public const string Plain = ", or name it in a JsonSerializerContext of yours" + Register;

    /// <summary>For a type that has a part which it can store.</summary>
    public const string Around = ", or name the type around it in a JsonSerializerContext of yours" + Register;

    /// <summary>For a type that it can store only with help.</summary>
    public const string WithConverter = ", or name it in a JsonSerializerContext of yours that has a converter for it" + Register;

    private const string Register = " and register that with [assembly: DurableJsonContext(typeof(...))]";
}
