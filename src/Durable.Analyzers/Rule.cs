using Microsoft.CodeAnalysis;

namespace Durable.Analyzers;

/// <summary>Makes the descriptor of a rule, and with it the link to the rule's page.</summary>
internal static class Rule
{
    /// <summary>Where the pages of the rules are.</summary>
    public const string HelpBase = "https://github.com/durable-dotnet/durable/blob/main/docs/rules/";

    /// <summary>A rule that stops the build and cannot be switched off.</summary>
    /// <param name="id">DUR and four digits.</param>
    /// <param name="category">One of <see cref="RuleCategory"/>.</param>
    /// <param name="title">The rule as a claim about right code.</param>
    /// <param name="message">What to write. The places are filled by the analyzer.</param>
    public static DiagnosticDescriptor Error(string id, string category, string title, string message)
        => Make(id, category, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A rule that the user may switch off where the code is meant so.</summary>
    /// <inheritdoc cref="Error"/>
    public static DiagnosticDescriptor Warning(string id, string category, string title, string message)
        => Make(id, category, title, message, DiagnosticSeverity.Warning);

    /// <summary>A rule that stops the build, found only when the whole project was read.</summary>
    /// <inheritdoc cref="Error"/>
    public static DiagnosticDescriptor ErrorOfProject(string id, string category, string title, string message)
        => Make(id, category, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable, WellKnownDiagnosticTags.CompilationEnd);

    private static DiagnosticDescriptor Make(string id, string category, string title, string message, DiagnosticSeverity severity, params string[] tags)
        => new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: HelpBase + id + ".md", customTags: tags);
}
