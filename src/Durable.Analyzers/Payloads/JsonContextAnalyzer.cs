using System.Collections.Immutable;
using Durable.Payloads.Contexts;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Payloads;

/// <summary>Reports attributes that register no context which generated code can ask.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonContextAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PayloadRules.NoContext];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Read, SyntaxKind.AttributeList);
    }

    private static void Read(SyntaxNodeAnalysisContext context)
    {
        if (context.Node is not AttributeListSyntax { Target.Identifier.RawKind: (int)SyntaxKind.AssemblyKeyword } list)
            return;
        foreach (var data in context.Compilation.Assembly.GetAttributes())
        {
            if (ContextAttribute.Context(data) is { } named
                && data.ApplicationSyntaxReference is { } place && place.SyntaxTree == list.SyntaxTree && list.Span.Contains(place.Span)
                && ContextAttribute.Problem(named, context.Compilation) is { } reason)
            {
                var attribute = (AttributeSyntax)place.GetSyntax(context.CancellationToken);
                context.ReportDiagnostic(Diagnostic.Create(PayloadRules.NoContext, (attribute.ArgumentList?.Arguments.FirstOrDefault() as SyntaxNode ?? attribute).GetLocation(), named.ShortName(), reason));
            }
        }
    }
}
