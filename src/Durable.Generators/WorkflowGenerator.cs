using System.Text;
using Durable.Collections;
using Durable.Generators.Emission;
using Durable.Generators.Model;
using Durable.Generators.Parsing;
using Durable.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Generators;

/// <summary>Writes the second halves of <c>[Workflow]</c> and <c>[Step]</c> methods, and what registers and stores them: attribute, model, text.</summary>
/// <remarks>It reports nothing: what is wrong with a declaration is the analyzers' to say.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class WorkflowGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        // Not by attribute: that binds every attributed method of the project after each keystroke, before anybody can say that nothing has changed.
        var containers = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => DeclarationParser.MayBe(node), DeclarationParser.Parse)
            .Where(static declaration => declaration is not null)
            .Select(static (declaration, _) => declaration!)
            .WithTrackingName(TrackingNames.Declarations)
            .Collect()
            .SelectMany(static (declarations, _) => ContainerGroup.Of(declarations))
            .WithTrackingName(TrackingNames.Containers);
        var registrations = containers
            .Select(static (group, _) => Registration.Of(group))
            .Where(static registration => registration is not null)
            .Collect()
            .Select(static (found, _) => found.Select(registration => registration!).ToEquatableArray())
            .WithTrackingName(TrackingNames.Registrations);
        var surroundings = context.CompilationProvider
            .Select(ReferencedModules.Read)
            .WithTrackingName(TrackingNames.Surroundings);
        var contexts = context.CompilationProvider
            .Select(ReachedContexts.Read)
            .WithTrackingName(TrackingNames.Contexts);
        var inlineResults = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => InlineResults.MayBe(node), InlineResults.Read)
            .Where(static result => result is not null)
            .WithTrackingName(TrackingNames.InlineResults)
            .Collect();
        var errors = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => ErrorParser.MayBe(node), ErrorParser.Parse)
            .Where(static error => error is not null)
            .Select(static (error, _) => error!)
            .Collect()
            .Select(static (errors, _) => ErrorModel.Distinct(errors).ToEquatableArray())
            .WithTrackingName(TrackingNames.Errors);
        var payloads = containers.Collect().Combine(inlineResults).Combine(errors)
            .Select(static (all, _) => AssemblyPayloads.Of(all.Left.Left, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.Payloads);

        var sensitive = payloads.Combine(inlineResults).Combine(surroundings)
            .Select(static (all, _) => InlineResult.Sensitive(all.Left.Right, all.Left.Left, all.Right.GeneratedNamespace).ToEquatableArray())
            .WithTrackingName(TrackingNames.SensitiveResults);
        var inlineSteps = inlineResults.Combine(surroundings)
            .Select(static (both, _) => InlineResult.Known(both.Left, both.Right.GeneratedNamespace).ToEquatableArray())
            .WithTrackingName(TrackingNames.InlineSteps);
        var module = registrations.Combine(inlineSteps).Combine(sensitive).Combine(errors)
            .Select(static (all, _) => new ModuleModel(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right));

        context.RegisterSourceOutput(containers, static (output, group) => output.AddSource(group.HintName, Text(ContainerEmitter.Emit(group))));
        context.RegisterSourceOutput(module.Combine(surroundings), static (output, all) =>
        {
            if (all.Left.IsNeeded)
                output.AddSource(GeneratedFiles.Module, Text(ModuleEmitter.Emit(all.Right.GeneratedNamespace, all.Left)));
        });
        context.RegisterSourceOutput(payloads.Combine(surroundings).Combine(contexts), static (output, all) =>
        {
            var (found, around) = all.Left;
            if (found.IsNeeded)
                output.AddSource(GeneratedFiles.Payloads, Text(PayloadEmitter.Emit(around.GeneratedNamespace, found.Types, all.Right)));
        });
        var modules = surroundings.Combine(module)
            .Select(static (both, _) => AddedModules.Of(both.Left, hasOwn: both.Right.IsNeeded))
            .WithTrackingName(TrackingNames.Modules);
        context.RegisterSourceOutput(modules, static (output, added) =>
        {
            if (added is not null)
                output.AddSource(GeneratedFiles.AddWorkflows, Text(AddWorkflowsEmitter.Emit(added.Modules)));
        });
    }

    private static SourceText Text(string text) => SourceText.From(text, Encoding.UTF8);
}
