using System.Collections.Immutable;
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
            if (data.ApplicationSyntaxReference is { } place && place.SyntaxTree == list.SyntaxTree && list.Span.Contains(place.Span)
                && ContextProblem.Of(data, context.Compilation, context.CancellationToken) is { } problem)
            {
                context.ReportDiagnostic(problem.Diagnose(Location.Create(list.SyntaxTree, problem.Span)));
            }
        }
    }
}
