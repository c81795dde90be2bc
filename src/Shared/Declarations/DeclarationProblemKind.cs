namespace Durable.Declarations;

/// <summary>What can be wrong with a declaration. The analyzer gives each kind its rule id and its message.</summary>
internal enum DeclarationProblemKind
{
    /// <summary>The containing type, or one around it, is not partial. Subject: the type. Reported by each declaration in it, at the same place.</summary>
    ContainerNotPartial,

    /// <summary>The container is a struct, an interface or file-local. Subject: the type. Detail: what it is.</summary>
    ContainerUnsupported,

    /// <summary>A workflow in a generic type: there is nothing to register. Subject: the type.</summary>
    ContainerGeneric,

    /// <summary>An explicit interface implementation. Subject: the method.</summary>
    ExplicitImplementation,

    /// <summary>The method is not partial. Subject: the method.</summary>
    NotPartial,

    /// <summary>The declaration has a body, or the user wrote the implementing half. Subject: the method. Detail: the name of the <c>Core</c>.</summary>
    HasBody,

    /// <summary>A signal's method is not partial. Subject: the method.</summary>
    SignalNotPartial,

    /// <summary>A signal's declaration has a body, or the user wrote the implementing half. Subject: the method.</summary>
    SignalHasBody,

    /// <summary>A signal's method returns something else than a task of what it brings. Subject: the method. Detail: what to return, and why.</summary>
    SignalReturnType,

    /// <summary>Two signals of one name bring different types. Subject: the signal's name. Detail: the other method.</summary>
    DuplicateSignalName,

    /// <summary>The method has no accessibility modifier, which C# asks for (CS8796 says so; no rule of its own is needed). Subject: the method.</summary>
    AccessibilityMissing,

    /// <summary>The method does not return Task, Task of T, ValueTask or ValueTask of T. Subject: the method. Detail: what it returns.</summary>
    WrongReturnType,

    /// <summary>The method is generic. Subject: the method.</summary>
    GenericMethod,

    /// <summary>A by-reference, ref struct or pointer parameter, a context, or a token that is not last. Subject: the parameter. Detail: why, as the end of a sentence.</summary>
    UnsupportedParameter,

    /// <summary>Several of the attributes on one method. Subject: the method. Detail: which, and what to do, as the end of a sentence.</summary>
    WorkflowAndStep,

    /// <summary>A name or alias that is empty, blank or too long. Subject: the method. Detail: what is wrong with it, as the end of a sentence.</summary>
    InvalidName,

    /// <summary>A version below 1. Subject: the method. Detail: the version.</summary>
    InvalidVersion,

    /// <summary>A retry attribute, or a mode, that makes no sense. Subject: what is set. Detail: why, as the end of a sentence.</summary>
    InvalidRetry,

    /// <summary>No <c>Core</c>. Subject: the method. Detail: the signature to write.</summary>
    CoreMissing,

    /// <summary>More than one <c>Core</c>. Subject: the method. Detail: the name of the <c>Core</c>.</summary>
    CoreDoubled,

    /// <summary>A <c>Core</c> that does not fit. At the <c>Core</c>. Subject: the method. Detail: the signature to write.</summary>
    CoreMismatched,

    /// <summary>A default value of a parameter of a <c>Core</c>, which nothing would ever use. At the default. Subject: the parameter. Detail: the method.</summary>
    CoreDefault,

    /// <summary>A key that is no string, integer, Guid or enum. Subject: the parameter. Detail: its type.</summary>
    UnsupportedKeyType,

    /// <summary>A second key parameter. Subject: the parameter.</summary>
    SeveralKeys,

    /// <summary>A key parameter of a workflow, which has no key. Subject: the parameter.</summary>
    KeyOfWorkflow,

    /// <summary>Two step methods of one type with one name. Subject: the step's name. Detail: the other method.</summary>
    DuplicateStepName,

    /// <summary>Two workflows of one compilation with one name and version. Subject: name and version. Detail: the other method.</summary>
    DuplicateWorkflow,

    /// <summary>A member, type, type parameter or parameter has the name of a member that the generator writes. At that symbol. Subject: the symbol. Detail: the method it is written for.</summary>
    ReservedMemberTaken,

    /// <summary>Two workflows of a type would have one factory of calls. At each. Subject: the method. Detail: what is written twice, as the end of a sentence.</summary>
    CallNameShared,

    /// <summary>Generated code cannot name the type of a parameter or result. Subject: the type. Detail: the method.</summary>
    PayloadNotAccessible,

    /// <summary>A parameter or result mentions a type parameter. Subject: the type. Detail: the method.</summary>
    PayloadOpen,

    /// <summary>A type that does not exist (the compiler says so; no rule of its own is needed). Subject: the type.</summary>
    UnresolvedType,
}
