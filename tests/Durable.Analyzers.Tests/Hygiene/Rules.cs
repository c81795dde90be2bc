using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>Every rule, analyzer and fix that there is, found by reflection: a list kept by hand would drift.</summary>
internal static class Rules
{
    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } = InstancesOf<DiagnosticAnalyzer>("Durable.Analyzers");

    public static IReadOnlyList<CodeFixProvider> Fixes { get; } = InstancesOf<CodeFixProvider>("Durable.CodeFixes");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. All.Select(rule => rule.Id)];

    public static DiagnosticDescriptor Rule(string id) => All.Single(rule => rule.Id == id);

    public static DiagnosticAnalyzer AnalyzerOf(string id) => Analyzers.Single(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id));

    private static IReadOnlyList<T> InstancesOf<T>(string assembly)
        => [.. System.Reflection.Assembly.Load(assembly).GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T))).Select(type => (T)Activator.CreateInstance(type)!)];
}
