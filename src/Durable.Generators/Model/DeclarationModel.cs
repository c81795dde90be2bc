namespace Durable.Generators.Model;

/// <summary>One workflow, step or signal: all that is needed to write its half.</summary>
/// <param name="Container">Where it is declared.</param>
/// <param name="Method">Its signature.</param>
/// <param name="Body">What the half does; null for an invalid declaration, whose half throws so that the user sees the rule's message alone.</param>
internal sealed record DeclarationModel(ContainerModel Container, MethodModel Method, HalfModel? Body);
