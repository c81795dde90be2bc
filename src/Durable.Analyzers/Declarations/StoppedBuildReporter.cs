using System.Collections.Immutable;
using Durable.Analyzers.Payloads;
using Durable.Collections;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Analyzers.Declarations;

/// <summary>Speaks for the rules about declarations and contexts where a build would stop before any analyzer is heard.</summary>
/// <remarks>
/// The compiler does not ask analyzers once a declaration does not compile, and a partial method without a second half does not: all that the user would read is CS0751 or CS8795.
/// Generators are heard in any case. This one writes nothing. An editor asks analyzers always, so there it stays silent.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class StoppedBuildReporter : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var inEditor = context.AnalyzerConfigOptionsProvider.Select(static (options, _)
            => options.GlobalOptions.TryGetValue("build_property.DesignTimeBuild", out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
        var found = Read(context, KnownTypes.WorkflowAttributeName).Combine(Read(context, KnownTypes.StepAttributeName)).Combine(Read(context, KnownTypes.SignalAttributeName));
        context.RegisterSourceOutput(found.Combine(inEditor), static (output, both) =>
        {
            var declarations = both.Left.Left.Left.AddRange(both.Left.Left.Right).AddRange(both.Left.Right);
            if (both.Right || !declarations.Any(declaration => declaration.StopsBuild))
                return;
            foreach (var problem in declarations.SelectMany(declaration => declaration.All).Distinct())
                output.ReportDiagnostic(DeclarationRules.Diagnose(problem.ToProblem()));
        });

        // Nor does a context that System.Text.Json's generator makes nothing of: all that the user would read is that it implements nothing.
        var contexts = context.CompilationProvider.Select(static (compilation, token)
            => compilation.Assembly.GetAttributes().Select(attribute => ContextProblem.Of(attribute, compilation, token)).OfType<ContextProblem>().Where(problem => problem.StopsBuild).ToEquatableArray());
        context.RegisterSourceOutput(contexts.Combine(inEditor), static (output, both) =>
        {
            foreach (var problem in both.Right ? [] : both.Left)
                output.ReportDiagnostic(problem.Diagnose());
        });
    }

    private static IncrementalValueProvider<ImmutableArray<Problems>> Read(IncrementalGeneratorInitializationContext context, string attribute)
        => context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (node, _) => node is MethodDeclarationSyntax, static (match, token) => Read(match, token))
            .Collect();

    private static Problems Read(GeneratorAttributeSyntaxContext match, CancellationToken cancellationToken)
    {
        if (KnownTypes.Create(match.SemanticModel.Compilation) is not { } types || DeclarationReader.Read((IMethodSymbol)match.TargetSymbol, types, cancellationToken) is not { } declaration)
            return new Problems(EquatableArray<Problem>.Empty, false);
        var ruled = declaration.Problems.Where(problem => DeclarationRules.For(problem.Kind) is not null);
        return new Problems(
            ruled.Select(Problem.Of).ToEquatableArray(),
            (declaration.Problems.Any(problem => LeavesNoHalf(problem.Kind)) || declaration.Method.ContainingType.IsFileLocal) && NeedsHalf(declaration.Method, (MethodDeclarationSyntax)match.TargetNode));
    }

    /// <summary>The problems for which the generator has no second half to write.</summary>
    private static bool LeavesNoHalf(DeclarationProblemKind kind) => kind
        is DeclarationProblemKind.ContainerNotPartial
        or DeclarationProblemKind.ExplicitImplementation
        or DeclarationProblemKind.NotPartial
        or DeclarationProblemKind.HasBody
        or DeclarationProblemKind.SignalNotPartial
        or DeclarationProblemKind.SignalHasBody
        or DeclarationProblemKind.PayloadNotAccessible;

    private static bool NeedsHalf(IMethodSymbol method, MethodDeclarationSyntax syntax)
        => method.PartialImplementationPart is null
            && (syntax.Modifiers.Any(SyntaxKind.PartialKeyword) || (syntax is { Body: null, ExpressionBody: null } && method is { IsAbstract: false, IsExtern: false }));

    /// <summary>What is wrong with one declaration.</summary>
    private readonly record struct Problems(EquatableArray<Problem> All, bool StopsBuild);

    /// <summary>A problem without symbols and trees, so that the pipeline keeps none of them.</summary>
    private readonly record struct Problem(DeclarationProblemKind Kind, string Subject, string Detail, FileLinePositionSpan Lines, Microsoft.CodeAnalysis.Text.TextSpan Span)
    {
        public static Problem Of(DeclarationProblem problem)
            => new(problem.Kind, problem.Subject, problem.Detail, problem.Location.GetLineSpan(), problem.Location.SourceSpan);

        public DeclarationProblem ToProblem() => new(Kind, Location.Create(Lines.Path, Span, Lines.Span), Subject, Detail);
    }
}
