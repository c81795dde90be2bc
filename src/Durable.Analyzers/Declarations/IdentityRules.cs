using Microsoft.CodeAnalysis;

namespace Durable.Analyzers.Declarations;

/// <summary>The rules about names and keys. {0} is the problem's subject, {1} its detail.</summary>
internal static class IdentityRules
{
    private const string About = RuleCategory.Identity;

    public static readonly DiagnosticDescriptor DuplicateStepName = Rule.Error("DUR2001", About,
        "Steps of one type have different names",
        "Step name '{0}' is also the name of '{1}', so that one would get the other's result: give one of them a name of its own, [Step(\"...\")]");

    public static readonly DiagnosticDescriptor DuplicateWorkflow = Rule.ErrorOfProject("DUR2002", About,
        "Workflows have different names",
        "Workflow {0} is also declared by '{1}': give one of them a name of its own, [Workflow(\"...\")], or another Version");

    public static readonly DiagnosticDescriptor DuplicateSignalName = Rule.Error("DUR2004", About,
        "Signals of one name bring the same type",
        "Signal name '{0}' is also the name of '{1}', which brings another type, so that what is sent for one could not be read by the other: give one of them a name of its own, [Signal(\"...\")]");

    public static readonly DiagnosticDescriptor InvalidKey = Rule.Error("DUR2003", About,
        "A step has at most one key, of a type with one text form",
        "'{0}' cannot be the key: {1}");
}
