using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Declarations;

/// <summary>Reads one attributed method: what it declares, and everything that is wrong with it. One reading for generator and analyzer, so that the two never disagree.</summary>
internal sealed class DeclarationReader
{
    private readonly KnownTypes _types;
    private readonly IMethodSymbol _method;
    private readonly MethodDeclarationSyntax? _syntax;
    private readonly List<DeclarationProblem> _problems = [];

    private DeclarationReader(IMethodSymbol method, KnownTypes types, CancellationToken cancellationToken)
    {
        _types = types;
        _method = method;
        _syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;
    }

    private Location Here => _syntax?.Identifier.GetLocation() ?? _method.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>The declaration that a method makes; null for a method with neither attribute.</summary>
    /// <param name="method">Either half of the method.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="cancellationToken">Stops reading syntax.</param>
    public static Declaration? Read(IMethodSymbol method, KnownTypes types, CancellationToken cancellationToken)
    {
        method = method.PartialDefinitionPart ?? method;
        var workflow = KnownTypes.Find(method, types.WorkflowAttribute);
        var step = KnownTypes.Find(method, types.StepAttribute);
        var signal = KnownTypes.Find(method, types.SignalAttribute);
        if ((workflow ?? step ?? signal) is not { } attribute)
            return null;
        var reader = new DeclarationReader(method, types, cancellationToken);
        if (workflow is not null && step is not null)
            reader.Report(DeclarationProblemKind.WorkflowAndStep, reader.Here, method.Name, "workflow and as step: keep one of the attributes, and let a workflow call the step");
        else if (attribute != signal && signal is not null)
            reader.Report(DeclarationProblemKind.WorkflowAndStep, reader.Here, method.Name, $"{(workflow is null ? "step" : "workflow")} and as signal: keep one of the attributes, and let a workflow wait for the signal");
        return attribute == signal ? reader.ReadSignal(attribute) : reader.Read(attribute, workflow is not null);
    }

    private Declaration ReadSignal(AttributeData attribute)
    {
        ContainerReading.Read(_method.ContainingType, isWorkflow: false, _problems);
        ReadModifiers(isSignal: true);
        if (_method.IsGenericMethod)
            Report(DeclarationProblemKind.GenericMethod, Here, _method.Name);
        var declaration = SignalReading.Read(_method, attribute, _syntax?.ReturnType.GetLocation() ?? Here, Here, _types, _problems);
        ReadPayloads([], declaration.Result);
        ReadNames(declaration, attribute);
        ReservedMembers.Check(declaration, Here, _types, _problems);
        return declaration;
    }

    private Declaration Read(AttributeData attribute, bool isWorkflow)
    {
        ContainerReading.Read(_method.ContainingType, isWorkflow, _problems);
        ReadModifiers();
        var (arguments, token) = ReadParameters();
        var key = ReadKey(arguments, isWorkflow);
        var returns = _types.Returns(_method, out var result);
        if (_method.RefKind != RefKind.None || (returns > ReturnShape.ValueTaskOfResult && _method.ReturnType.TypeKind != TypeKind.Error))
            Report(DeclarationProblemKind.WrongReturnType, _syntax?.ReturnType.GetLocation() ?? Here, _method.Name, _syntax?.ReturnType.ToString() ?? Text(_method.ReturnType));
        if (_method.IsGenericMethod)
            Report(DeclarationProblemKind.GenericMethod, Here, _method.Name);
        ReadPayloads(arguments, result);
        var mode = ReadMode(attribute, isWorkflow);

        var declaration = new Declaration
        {
            Kind = isWorkflow ? DeclarationKind.Workflow : DeclarationKind.Step,
            Method = _method,
            Name = DeclarationNames.Of(_method, attribute, isWorkflow, _types),
            Version = isWorkflow && Named(attribute, "Version") is int version ? version : 1,
            OncePerRun = !isWorkflow && Named(attribute, "OncePerRun") is true,
            Mode = mode,
            KeepsFailure = !isWorkflow && Named(attribute, "OnFailure") is 1,
            Retry = isWorkflow ? RetryReading.OfWorkflow(_method, _types, _problems) : RetryReading.OfStep(_method, mode, _types, _problems),
            Aliases = DeclarationNames.Aliases(_method, _types),
            Returns = returns,
            Result = result,
            Arguments = arguments,
            Token = token,
            Key = key,
            Core = null,
            DefinitionName = DeclarationNames.Definition(_method, _types),
            CallName = isWorkflow ? DeclarationNames.Call(_method) : null,
            Problems = _problems,
        };
        ReadNames(declaration, attribute);
        ReservedMembers.Check(declaration, Here, _types, _problems);
        return declaration with { Core = ReadCore(declaration) };
    }

    private void ReadModifiers(bool isSignal = false)
    {
        if (_method.MethodKind == MethodKind.ExplicitInterfaceImplementation || _method.ExplicitInterfaceImplementations.Length > 0)
            Report(DeclarationProblemKind.ExplicitImplementation, Here, _method.Name);
        else if (_syntax is null || !_syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            Report(isSignal ? DeclarationProblemKind.SignalNotPartial : DeclarationProblemKind.NotPartial, Here, _method.Name, DeclarationNames.Core(_method));
        else if (_syntax.Body is not null || _syntax.ExpressionBody is not null || (_method.PartialImplementationPart is not null && !_types.IsHalfGenerated(_method)))
            Report(isSignal ? DeclarationProblemKind.SignalHasBody : DeclarationProblemKind.HasBody, Here, _method.Name, DeclarationNames.Core(_method));
        else if (!_syntax.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())))
            Report(DeclarationProblemKind.AccessibilityMissing, Here, _method.Name);
    }

    private (IReadOnlyList<IParameterSymbol> Arguments, IParameterSymbol? Token) ReadParameters()
    {
        IParameterSymbol? token = null;
        var arguments = new List<IParameterSymbol>(_method.Parameters.Length);
        foreach (var parameter in _method.Parameters)
        {
            if (KnownTypes.Same(parameter.Type, _types.CancellationToken) && parameter.RefKind == RefKind.None && parameter.Ordinal == _method.Parameters.Length - 1)
            {
                token = parameter;
                continue;
            }

            if (WhyUnsupported(parameter) is { } reason)
                Report(DeclarationProblemKind.UnsupportedParameter, Place(parameter), parameter.Name, reason);
            arguments.Add(parameter);
        }

        return (arguments, token);
    }

    private string? WhyUnsupported(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
            return "it is passed by reference, which cannot be stored";
        if (parameter.Type.IsRefLikeType)
            return "it is a ref struct, which cannot be stored";
        if (parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            return "it is a pointer, which cannot be stored";
        if (KnownTypes.Same(parameter.Type, _types.CancellationToken))
            return "a CancellationToken is never stored and must be the last parameter";
        return KnownTypes.Same(parameter.Type, _types.WorkflowContext) || KnownTypes.Same(parameter.Type, _types.StepContext)
            ? "a context is a parameter of the Core only, after the declared parameters"
            : null;
    }

    private IParameterSymbol? ReadKey(IReadOnlyList<IParameterSymbol> arguments, bool isWorkflow)
    {
        IParameterSymbol? key = null;
        foreach (var parameter in arguments)
        {
            if (KnownTypes.Find(parameter, _types.StepKeyAttribute) is null)
                continue;
            if (isWorkflow)
            {
                Report(DeclarationProblemKind.KeyOfWorkflow, Place(parameter), parameter.Name);
                continue;
            }

            if (key is not null)
                Report(DeclarationProblemKind.SeveralKeys, Place(parameter), parameter.Name);
            else if (!_types.CanBeKey(parameter.Type) && parameter.Type.TypeKind != TypeKind.Error)
                Report(DeclarationProblemKind.UnsupportedKeyType, Place(parameter), parameter.Name, Text(parameter.Type));
            key ??= parameter;
        }

        return key;
    }

    private StepModeKind ReadMode(AttributeData attribute, bool isWorkflow)
    {
        if (isWorkflow || Named(attribute, "Mode") is not int number)
            return StepModeKind.AtLeastOnce;
        if (number is < 0 or > 2)
            Report(DeclarationProblemKind.InvalidRetry, Place(attribute, Here), "Mode", "it is no member of StepMode");
        return (StepModeKind)number;
    }

    private void ReadPayloads(IReadOnlyList<IParameterSymbol> arguments, ITypeSymbol? result)
    {
        foreach (var argument in arguments)
            PayloadAccess.Check(argument.Type, Place(argument), _method, _method.ContainingType, _types, _problems);
        if (result is not null)
            PayloadAccess.Check(result, _syntax?.ReturnType.GetLocation() ?? Here, _method, _method.ContainingType, _types, _problems);
    }

    private void ReadNames(Declaration declaration, AttributeData attribute)
    {
        if (DeclarationNames.WhyInvalid(declaration.Name) is { } reason)
            Report(DeclarationProblemKind.InvalidName, Place(attribute, Here), _method.Name, reason);
        foreach (var alias in _method.GetAttributes().Where(data => KnownTypes.Same(data.AttributeClass, _types.StepAliasAttribute)))
        {
            if (DeclarationNames.WhyInvalid(DeclarationNames.Alias(alias)) is { } why)
                Report(DeclarationProblemKind.InvalidName, Place(alias, Here), _method.Name, why);
        }

        if (declaration.Version < 1)
            Report(DeclarationProblemKind.InvalidVersion, Place(attribute, Here), _method.Name, declaration.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (declaration.Kind == DeclarationKind.Step)
            DuplicateSteps.Check(declaration, Here, _types, _problems);
        else if (declaration.Kind == DeclarationKind.Signal)
            SharedSignals.Check(declaration, Here, _types, _problems);
    }

    private CoreMethod? ReadCore(Declaration declaration)
    {
        var kinds = _problems.Select(problem => problem.Kind).ToList();
        // What the user has to do first decides what a Core has to look like.
        if (kinds.Contains(DeclarationProblemKind.WorkflowAndStep) || kinds.Contains(DeclarationProblemKind.WrongReturnType)
            || kinds.Contains(DeclarationProblemKind.GenericMethod) || kinds.Contains(DeclarationProblemKind.ExplicitImplementation))
            return null;
        var search = CoreSearch.In(declaration, _types);
        if (search.Core is { } core)
            CoreDefaults.Check(core, declaration, _types, _problems);
        if (search.Problem is not { } problem)
            return search.Core;
        // A body in the wrong place is what becomes the Core: its absence is no second problem.
        var hasBody = kinds.Contains(DeclarationProblemKind.NotPartial) || kinds.Contains(DeclarationProblemKind.HasBody);
        if (!(hasBody && problem == DeclarationProblemKind.CoreMissing))
            Report(problem, search.Place ?? Here, _method.Name, search.Detail);
        return null;
    }

    private void Report(DeclarationProblemKind kind, Location location, string subject, string detail = "")
        => _problems.Add(new DeclarationProblem(kind, location, subject, detail));

    private Location Place(ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Here;

    /// <summary>Where an attribute is written.</summary>
    internal static Location Place(AttributeData attribute, Location otherwise)
        => attribute.ApplicationSyntaxReference is { } syntax ? Location.Create(syntax.SyntaxTree, syntax.Span) : otherwise;

    private static object? Named(AttributeData attribute, string property)
        => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value.Value;

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
