using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>Every rule, analyzer and fix that there is, found by reflection: a list kept by hand would drift.</summary>
internal static class Rules
{
    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } = InstancesOf<DiagnosticAnalyzer>("Durable.Analyzers");

    public static IReadOnlyList<CodeFixProvider> Fixes { get; } = InstancesOf<CodeFixProvider>("Durable.CodeFixes");

    public static IReadOnlyList<CodeRefactoringProvider> Refactorings { get; } = InstancesOf<CodeRefactoringProvider>("Durable.CodeFixes");

    /// <summary>The descriptors in the tables of all compiler assemblies, whether an analyzer reports them or not.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Tables { get; } =
    [
        .. new[] { "Durable.Analyzers", "Durable.CodeFixes", "Durable.Generators" }
            .SelectMany(assembly => System.Reflection.Assembly.Load(assembly).GetTypes())
            .SelectMany(type => type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!),
    ];

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. All.Select(rule => rule.Id)];

    public static DiagnosticDescriptor Rule(string id) => All.Single(rule => rule.Id == id);

    public static DiagnosticAnalyzer AnalyzerOf(string id) => Analyzers.Single(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id));

    private static IReadOnlyList<T> InstancesOf<T>(string assembly)
        => [.. System.Reflection.Assembly.Load(assembly).GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T))).Select(type => (T)Activator.CreateInstance(type)!)];
}
