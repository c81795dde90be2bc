namespace Durable.Analyzers;

/// <summary>What a rule is about; a band of ids each.</summary>
internal static class RuleCategory
{
    /// <summary>DUR1xxx.</summary>
    public const string Declarations = "Durable.Declarations";

    /// <summary>DUR2xxx: identity and structure.</summary>
    public const string Identity = "Durable.Identity";

    /// <summary>DUR5xxx.</summary>
    public const string Payloads = "Durable.Payloads";
}
