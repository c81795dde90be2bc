using System.Collections.Immutable;
using Durable.Declarations;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Payloads;

/// <summary>Reports <c>[Sensitive]</c> where it cannot do what it says: what it stands on would be shown all the same.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SensitiveAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PayloadRules.SensitiveKey, PayloadRules.SensitiveWithoutEffect];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownTypes.Create(start.Compilation) is { } types)
                start.RegisterSymbolAction(symbol => ReadType(symbol, types), SymbolKind.NamedType);
        });
    }

    private static void ReadType(SymbolAnalysisContext context, KnownTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ReadPartsOfProperties(context, type);
        var methods = type.GetMembers().OfType<IMethodSymbol>().Where(IsMarked).ToList();
        if (methods.Count == 0)
            return;
        var declarations = DeclarationNames.Declared(type, types).Select(method => DeclarationReader.Read(method, types, context.CancellationToken)).OfType<Declaration>().ToList();
        foreach (var method in methods)
        {
            if (declarations.FirstOrDefault(declaration => KnownTypes.IsSame(declaration.Method, method)) is { } own)
                ReadDeclaration(context, own);
            else if (method.MethodKind == MethodKind.Constructor)
                ReadConstructor(context, method);
            else if (method.MethodKind == MethodKind.Ordinary)
                ReadOther(context, method, declarations.FirstOrDefault(declaration => KnownTypes.IsSame(declaration.Core?.Method, method)));
        }
    }

    /// <summary>The field and the accessors of a property: on them the attribute compiles, and the property is shown.</summary>
    private static void ReadPartsOfProperties(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            var property = member switch
            {
                IFieldSymbol { AssociatedSymbol: IPropertySymbol stored } field when Sensitivity.IsMarked(field.GetAttributes()) => stored,
                IMethodSymbol { AssociatedSymbol: IPropertySymbol stored } accessor when IsMarked(accessor) => stored,
                _ => null,
            };
            if (property is not null && !Sensitivity.IsMarked(property, type))
                Report(context, PayloadRules.SensitiveWithoutEffect, property, property.Name, "it stands on the field or an accessor of the property: mark the property itself, as by [property: Sensitive] on the parameter of a record");
        }
    }

    private static void ReadDeclaration(SymbolAnalysisContext context, Declaration declaration)
    {
        foreach (var parameter in declaration.Method.Parameters.Where(IsMarked))
        {
            if (KnownTypes.IsSame(parameter, declaration.Key))
                Report(context, PayloadRules.SensitiveKey, parameter, parameter.Name);
            else if (KnownTypes.IsSame(parameter, declaration.Token))
                Report(context, PayloadRules.SensitiveWithoutEffect, parameter, parameter.Name, "a CancellationToken is never stored");
            else if (declaration.Kind == DeclarationKind.Signal)
                Report(context, PayloadRules.SensitiveWithoutEffect, parameter, parameter.Name, "it is no part of what the signal brings: mark what is returned, [return: Sensitive]");
        }

        if (declaration.Result is null && Sensitivity.IsMarked(declaration.Method.GetReturnTypeAttributes()))
            Report(context, PayloadRules.SensitiveWithoutEffect, declaration.Method, declaration.Method.Name, "it has no result");
    }

    private static void ReadConstructor(SymbolAnalysisContext context, IMethodSymbol constructor)
    {
        var members = constructor.ContainingType.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false }).ToList();
        foreach (var parameter in constructor.Parameters.Where(IsMarked))
        {
            if (!members.Any(member => Sensitivity.IsNamed(parameter, member)))
                Report(context, PayloadRules.SensitiveWithoutEffect, parameter, parameter.Name, "no member of the type has its name and type: mark the member that it sets");
        }
    }

    /// <summary>A method that is no declaration: what it is given is not shown, and what is shown it does not decide.</summary>
    private static void ReadOther(SymbolAnalysisContext context, IMethodSymbol method, Declaration? bodyOf)
    {
        var why = bodyOf is null ? $"'{method.Name}' is no workflow or step" : $"what is stored is what the declaration '{bodyOf.Method.Name}' takes and returns: mark it there";
        foreach (var parameter in method.Parameters.Where(IsMarked))
        {
            // A mark that only repeats that of the declaration does no harm.
            if (bodyOf is null || parameter.Ordinal >= bodyOf.Method.Parameters.Length || !IsMarked(bodyOf.Method.Parameters[parameter.Ordinal]))
                Report(context, PayloadRules.SensitiveWithoutEffect, parameter, parameter.Name, why);
        }

        if (Sensitivity.IsMarked(method.GetReturnTypeAttributes()) && !(bodyOf is not null && Sensitivity.IsMarked(bodyOf.Method.GetReturnTypeAttributes())))
            Report(context, PayloadRules.SensitiveWithoutEffect, method, method.Name, why);
    }

    private static bool IsMarked(IMethodSymbol method) => method.Parameters.Any(IsMarked) || Sensitivity.IsMarked(method.GetReturnTypeAttributes());

    private static bool IsMarked(IParameterSymbol parameter) => Sensitivity.IsMarked(parameter.GetAttributes());

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, ISymbol place, params string[] arguments)
    {
        if (place.Locations.FirstOrDefault() is { } location)
            context.ReportDiagnostic(Diagnostic.Create(rule, location, arguments));
    }
}
