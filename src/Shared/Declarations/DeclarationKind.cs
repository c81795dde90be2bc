namespace Durable.Declarations;

/// <summary>What an attributed method declares.</summary>
internal enum DeclarationKind
{
    Workflow,
    Step,
    Signal,
}
