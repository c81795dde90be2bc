using System.Collections.Immutable;
using Durable.Declarations;
using Durable.Payloads.Reading;
using Durable.Payloads.Serializers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Payloads;

/// <summary>Reports <c>[PayloadSerializer]</c> where the class that it names cannot store what it stands on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PayloadSerializerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PayloadRules.UnusableSerializer];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(ReadAssembly, SyntaxKind.AttributeList);
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownTypes.Create(start.Compilation) is { } types)
                start.RegisterSymbolAction(symbol => ReadType(symbol, types), SymbolKind.NamedType);
        });
    }

    private static void ReadAssembly(SyntaxNodeAnalysisContext context)
    {
        if (context.Node is not AttributeListSyntax { Target.Identifier.RawKind: (int)SyntaxKind.AssemblyKeyword } list)
            return;
        var all = SerializerAttribute.Among(context.Compilation.Assembly.GetAttributes()).ToList();
        foreach (var attribute in all)
        {
            if (attribute.ApplicationSyntaxReference is not { } place || place.SyntaxTree != list.SyntaxTree || !list.Span.Contains(place.Span) || SerializerAttribute.Serializer(attribute) is not { } serializer)
                continue;
            var stored = SerializerAttribute.Stored(serializer);
            var twin = all.Where(other => other != attribute).Select(SerializerAttribute.Serializer).OfType<INamedTypeSymbol>()
                .FirstOrDefault(other => stored is not null && SymbolEqualityComparer.Default.Equals(SerializerAttribute.Stored(other), stored));
            var problem = SerializerAttribute.Problem(serializer, null, context.Compilation.Assembly, context.Compilation)
                ?? (twin is null ? null : $"stores '{stored!.ShortName()}', for which '{twin.ShortName()}' is named as well: keep one of them");
            Report(context.ReportDiagnostic, attribute, serializer, problem);
        }
    }

    private static void ReadType(SymbolAnalysisContext context, KnownTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // Where the type is used it is asked once more, for the place of the code that is generated there.
        ReadAttributes(context, type.GetAttributes(), serializer => SerializerAttribute.Problem(serializer, type, type, context.Compilation));
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (SerializerAttribute.Among(method.GetAttributes()).Any())
                ReadAttributes(context, method.GetAttributes(), serializer => ProblemOf(method, serializer, types, context.Compilation, context.CancellationToken));
        }
    }

    private static string? ProblemOf(IMethodSymbol method, INamedTypeSymbol serializer, KnownTypes types, Compilation compilation, CancellationToken cancellationToken)
        => DeclarationReader.Read(method, types, cancellationToken) is not { } declaration ? $"is named on '{method.Name}', which is no workflow or step"
            : declaration.Result is not { } result ? $"is named on '{method.Name}', which has no result"
            : SerializerAttribute.Problem(serializer, result, method.ContainingType, compilation);

    private static void ReadAttributes(SymbolAnalysisContext context, ImmutableArray<AttributeData> attributes, Func<INamedTypeSymbol, string?> problem)
    {
        var isFirst = true;
        foreach (var attribute in SerializerAttribute.Among(attributes))
        {
            if (SerializerAttribute.Serializer(attribute) is { } serializer)
                Report(context.ReportDiagnostic, attribute, serializer, isFirst ? problem(serializer) : "is the second here: keep one of them");
            isFirst = false;
        }
    }

    private static void Report(Action<Diagnostic> report, AttributeData attribute, INamedTypeSymbol serializer, string? problem)
    {
        if (problem is null || attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
            return;
        report(Diagnostic.Create(PayloadRules.UnusableSerializer, (syntax.ArgumentList?.Arguments.FirstOrDefault() as SyntaxNode ?? syntax).GetLocation(), serializer.ShortName(), problem));
    }
}
