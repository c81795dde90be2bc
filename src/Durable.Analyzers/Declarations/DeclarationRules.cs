using Durable.Declarations;
using Microsoft.CodeAnalysis;

namespace Durable.Analyzers.Declarations;

/// <summary>The rules about declarations. {0} is the problem's subject, {1} its detail.</summary>
internal static class DeclarationRules
{
    private const string About = RuleCategory.Declarations;

    public static readonly DiagnosticDescriptor TypeNotPartial = Rule.Error("DUR1001", About,
        "A type that declares workflows or steps is partial",
        "Declare type '{0}' as 'partial': the generator adds the other half of its workflows and steps");

    public static readonly DiagnosticDescriptor MethodNotPartial = Rule.Error("DUR1002", About,
        "A workflow or step is a partial method",
        "Declare '{0}' as 'partial', without a body{1}");

    public static readonly DiagnosticDescriptor HasBody = Rule.Error("DUR1003", About,
        "A workflow or step declaration has no body",
        "{1}: the generator writes the half with the body");

    public static readonly DiagnosticDescriptor WrongReturnType = Rule.Error("DUR1004", About,
        "A workflow or step returns a task",
        "Let '{0}' return {1}");

    public static readonly DiagnosticDescriptor CoreMissing = Rule.Error("DUR1005", About,
        "A workflow or step has a body",
        "'{0}' has no body, write: {1}");

    public static readonly DiagnosticDescriptor CoreDoubled = Rule.Error("DUR1006", About,
        "A workflow or step has one body",
        "More than one method named '{1}' could be the body of '{0}': keep one, give the others another name");

    public static readonly DiagnosticDescriptor CoreMismatched = Rule.Error("DUR1007", About,
        "The body has the parameters and the result of its declaration",
        "This cannot be the body of '{0}', write: {1}");

    public static readonly DiagnosticDescriptor Unsupported = Rule.Error("DUR1008", About,
        "A workflow or step takes values that can be stored",
        "'{0}' cannot be recorded: {1}");

    public static readonly DiagnosticDescriptor InvalidName = Rule.Error("DUR1009", About,
        "A name has 1 to 200 characters",
        "A name of '{0}' cannot be used: {1}; write 1 to 200 characters that are not all blank");

    public static readonly DiagnosticDescriptor ReservedMember = Rule.Error("DUR1010", About,
        "The names of generated members are free",
        "Rename '{0}': the generator writes {1}");

    public static readonly DiagnosticDescriptor UnsupportedContainer = Rule.Error("DUR1011", About,
        "Workflows and steps are declared in classes",
        "'{0}' cannot hold or be a workflow or step because it is {1}: use an ordinary method of a class, a record class or a static class");

    public static readonly DiagnosticDescriptor WorkflowAndStep = Rule.Error("DUR1012", About,
        "A method is a workflow or a step, not both",
        "'{0}' is marked as {1}");

    public static readonly DiagnosticDescriptor PayloadNotNameable = Rule.Error("DUR1013", About,
        "Generated code can name the types of arguments and results",
        "'{0}' cannot be an argument or result of '{1}': {2}");

    public static readonly DiagnosticDescriptor InvalidVersion = Rule.Error("DUR1014", About,
        "A version is 1 or more",
        "Give '{0}' a version of 1 or more instead of {1}");

    public static readonly DiagnosticDescriptor CoreDefault = Rule.Error("DUR1015", About,
        "Defaults stand on the declaration only",
        "Write the default of '{0}' on the declaration of '{1}', not on its Core: every call goes through the declaration");

    /// <summary>{0} is the body, {1} what to return.</summary>
    public static readonly DiagnosticDescriptor NullTask = Rule.Error("DUR1016", About,
        "A body returns a task, not null",
        "'{0}' returns null, which cannot be awaited: return {1}, or let it be no task");

    public static readonly DiagnosticDescriptor InvalidRetry = Rule.Error("DUR1017", About,
        "A retry policy says what can be done",
        "'{0}' cannot be used: {1}");

    /// <summary>{0} is the attribute or the value, {1} why.</summary>
    public static readonly DiagnosticDescriptor RetryWithoutEffect = Rule.Warning("DUR1018", About,
        "[Retry] stands where it has an effect",
        "'{0}' has no effect: {1}");

    /// <summary>The rule about a problem; null where the compiler's own error says what to do.</summary>
    public static DiagnosticDescriptor? For(DeclarationProblemKind kind) => kind switch
    {
        DeclarationProblemKind.ContainerNotPartial => TypeNotPartial,
        DeclarationProblemKind.ContainerUnsupported or DeclarationProblemKind.ContainerGeneric or DeclarationProblemKind.ExplicitImplementation => UnsupportedContainer,
        DeclarationProblemKind.NotPartial or DeclarationProblemKind.SignalNotPartial => MethodNotPartial,
        DeclarationProblemKind.HasBody or DeclarationProblemKind.SignalHasBody => HasBody,
        DeclarationProblemKind.WrongReturnType or DeclarationProblemKind.SignalReturnType => WrongReturnType,
        DeclarationProblemKind.GenericMethod or DeclarationProblemKind.UnsupportedParameter => Unsupported,
        DeclarationProblemKind.WorkflowAndStep => WorkflowAndStep,
        DeclarationProblemKind.InvalidName => InvalidName,
        DeclarationProblemKind.InvalidVersion => InvalidVersion,
        DeclarationProblemKind.InvalidRetry => InvalidRetry,
        DeclarationProblemKind.CoreMissing => CoreMissing,
        DeclarationProblemKind.CoreDoubled => CoreDoubled,
        DeclarationProblemKind.CoreMismatched => CoreMismatched,
        DeclarationProblemKind.CoreDefault => CoreDefault,
        DeclarationProblemKind.UnsupportedKeyType or DeclarationProblemKind.SeveralKeys or DeclarationProblemKind.KeyOfWorkflow => IdentityRules.InvalidKey,
        DeclarationProblemKind.DuplicateStepName => IdentityRules.DuplicateStepName,
        DeclarationProblemKind.DuplicateSignalName => IdentityRules.DuplicateSignalName,
        DeclarationProblemKind.DuplicateWorkflow => IdentityRules.DuplicateWorkflow,
        DeclarationProblemKind.ReservedMemberTaken or DeclarationProblemKind.CallNameShared => ReservedMember,
        DeclarationProblemKind.PayloadNotAccessible or DeclarationProblemKind.PayloadOpen => PayloadNotNameable,
        _ => null,
    };

    /// <summary>The diagnostic of a problem that has a rule.</summary>
    public static Diagnostic Diagnose(DeclarationProblem problem)
        => Diagnostic.Create(For(problem.Kind)!, problem.Location, problem.Subject, Detail(problem), Reason(problem.Kind));

    /// <summary>The detail as the rule's message goes on with it.</summary>
    private static string Detail(DeclarationProblem problem) => problem.Kind switch
    {
        DeclarationProblemKind.NotPartial => $", and write its body in a method named '{problem.Detail}'",
        DeclarationProblemKind.SignalNotPartial => ": the generator writes the half that waits for the signal",
        DeclarationProblemKind.HasBody => $"Move the body of '{problem.Subject}' into a method named '{problem.Detail}'",
        DeclarationProblemKind.SignalHasBody => $"Remove the body of '{problem.Subject}', which waits for a signal",
        DeclarationProblemKind.WrongReturnType => $"Task, Task<T>, ValueTask or ValueTask<T> instead of '{problem.Detail}'; only its Core may return its result at once",
        DeclarationProblemKind.ContainerGeneric => "generic, and its name would stand for each closed type (let a class that derives from a closed one declare the workflow; steps may stay here)",
        DeclarationProblemKind.ExplicitImplementation => "an explicit interface implementation",
        DeclarationProblemKind.GenericMethod => "a generic method has no fixed types to store",
        DeclarationProblemKind.SeveralKeys => "it is the second key, and a step has one: pass the combination as one string",
        DeclarationProblemKind.KeyOfWorkflow => "a workflow has none, its run id is given when it is started",
        DeclarationProblemKind.UnsupportedKeyType => $"its type is '{problem.Detail}', and a key is a string, an integer, a Guid or an enum",
        DeclarationProblemKind.ReservedMemberTaken => $"a member of that name for '{problem.Detail}'",
        _ => problem.Detail,
    };

    /// <summary>Why a type cannot be named.</summary>
    private static string Reason(DeclarationProblemKind kind) => kind == DeclarationProblemKind.PayloadOpen
        ? "it is a type parameter, and generated code needs the type itself"
        : "make it at least internal, so that generated code can name it";
}
