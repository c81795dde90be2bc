using System.Globalization;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Analyzers.Tests.Fixing;

/// <summary>A workflow or step as its generated half defines it: all of it that step ids are made of.</summary>
internal sealed record GeneratedDefinition(string Type, string Name, int Version, IReadOnlyList<string> Aliases, bool OncePerRun, bool HasKey)
{
    /// <summary>The definitions that are generated into a type.</summary>
    /// <param name="type">The user's type.</param>
    public static IEnumerable<GeneratedDefinition> Of(INamedTypeSymbol type) => type.GetTypeMembers(DeclarationNames.GeneratedClass)
        .SelectMany(generated => generated.GetMembers().OfType<IFieldSymbol>())
        .SelectMany(field => field.DeclaringSyntaxReferences)
        .SelectMany(reference => reference.GetSyntax().DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Take(1))
        .Select(creation => Read(type.ToDisplayString(), creation.Initializer!));

    private static GeneratedDefinition Read(string type, InitializerExpressionSyntax initializer)
    {
        var values = initializer.Expressions.OfType<AssignmentExpressionSyntax>().ToDictionary(set => set.Left.ToString(), set => set.Right);
        return new GeneratedDefinition(
            type,
            Text(values["Name"]),
            values.TryGetValue("Version", out var version) ? int.Parse(version.ToString(), CultureInfo.InvariantCulture) : 0,
            values.TryGetValue("Aliases", out var aliases) ? [.. aliases.DescendantNodes().OfType<LiteralExpressionSyntax>().Select(Text)] : [],
            values.ContainsKey("OncePerRun"),
            values.ContainsKey("Key"));
    }

    private static string Text(ExpressionSyntax literal) => ((LiteralExpressionSyntax)literal).Token.ValueText;
}
