using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>One thing wrong with a declaration. Equal problems, as every method of a type reports for its type, are one problem.</summary>
/// <param name="Kind">What is wrong; says what the texts mean.</param>
/// <param name="Location">Where the user has to change something.</param>
/// <param name="Subject">What the problem is about.</param>
/// <param name="Detail">What to write, what collides, or why; empty when the subject says it all.</param>
internal sealed record DeclarationProblem(DeclarationProblemKind Kind, Location Location, string Subject, string Detail = "");
