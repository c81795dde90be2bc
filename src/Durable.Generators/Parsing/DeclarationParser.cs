using Durable.Code;
using Durable.Collections;
using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads;
using Durable.Payloads.Reading;
using Durable.Payloads.Serializers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>An attributed method, from symbols to a model without any.</summary>
internal static class DeclarationParser
{
    private static readonly Remembered<DeclarationModel> s_remembered = new();

    /// <summary>True for what may be a declaration, or the half of one.</summary>
    public static bool MayBe(SyntaxNode node) => node is MethodDeclarationSyntax { AttributeLists.Count: > 0 } method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>The model; null for what is no declaration or cannot have a second half.</summary>
    public static DeclarationModel? Parse(GeneratorSyntaxContext context, CancellationToken cancellationToken)
        => s_remembered.Get(
            context.Node,
            context.SemanticModel.Compilation,
            bodies => context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is IMethodSymbol method ? Parse(method, context.SemanticModel.Compilation, bodies, cancellationToken) : null,
            cancellationToken);

    private static DeclarationModel? Parse(IMethodSymbol method, Compilation compilation, ISet<SyntaxTree> bodies, CancellationToken cancellationToken)
    {
        if (KnownTypes.Create(compilation) is not { } types || DeclarationReader.Read(method, types, cancellationToken) is not { } declaration)
            return null;
        var syntax = declaration.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;
        if (syntax is null || declaration.Problems.Any(problem => HasNoHalf(problem.Kind)) || declaration.Method.ContainingType.IsFileLocal)
            return null;

        var container = ContainerParser.Parse(declaration.Method.ContainingType, compilation);
        HalfModel? body = declaration.Problems.Count > 0 ? null
            : declaration.Kind == DeclarationKind.Signal ? Signal(declaration, types, cancellationToken)
            : declaration.Core is { } core ? Body(declaration, core, container, types, bodies, cancellationToken)
            : null;
        return new DeclarationModel(container, Method(declaration.Method, syntax, compilation), body);
    }

    private static bool HasNoHalf(DeclarationProblemKind kind) => kind
        is DeclarationProblemKind.ContainerNotPartial
        or DeclarationProblemKind.ExplicitImplementation
        or DeclarationProblemKind.NotPartial
        or DeclarationProblemKind.HasBody
        or DeclarationProblemKind.SignalNotPartial
        or DeclarationProblemKind.SignalHasBody
        or DeclarationProblemKind.AccessibilityMissing
        or DeclarationProblemKind.UnresolvedType
        or DeclarationProblemKind.PayloadNotAccessible;

    private static MethodModel Method(IMethodSymbol method, MethodDeclarationSyntax syntax, Compilation compilation)
    {
        var modifiers = syntax.Modifiers
            .Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword) && !modifier.IsKind(SyntaxKind.AsyncKeyword))
            .Select(modifier => modifier.Text)
            .Append("partial");
        var reference = method.RefKind switch { RefKind.Ref => "ref ", RefKind.RefReadOnly => "ref readonly ", _ => "" };
        return new MethodModel(
            string.Join(" ", modifiers),
            reference + CodeText.Type(method.ReturnType),
            CodeText.Identifier(method.Name),
            CodeText.TypeParameters(method.TypeParameters),
            CodeText.Constraints(method.TypeParameters),
            Attributes.Find(method, compilation, "System.CodeDom.Compiler.GeneratedCodeAttribute") is not null,
            Attributes.Find(method, compilation, "System.Diagnostics.DebuggerStepThroughAttribute") is not null,
            method.Parameters.Select(parameter => Parameter(parameter)).ToEquatableArray());
    }

    private static ParameterModel Parameter(IParameterSymbol parameter)
    {
        var modifiers = parameter.ScopedKind == ScopedKind.ScopedValue || (parameter.ScopedKind == ScopedKind.ScopedRef && parameter.RefKind != RefKind.Out) ? "scoped " : "";
        if (parameter.ContainingSymbol is IMethodSymbol { IsExtensionMethod: true } && parameter.Ordinal == 0)
            modifiers += "this ";
        if (parameter.IsParams)
            modifiers = "params ";
        modifiers += parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        };
        return new ParameterModel(modifiers, CodeText.Type(parameter.Type), CodeText.Identifier(parameter.Name));
    }

    private static BodyModel Body(Declaration declaration, CoreMethod core, ContainerModel container, KnownTypes types, ISet<SyntaxTree> bodies, CancellationToken cancellationToken)
    {
        var arguments = declaration.Arguments.Select(parameter => Argument(parameter, types, cancellationToken)).ToEquatableArray();
        var result = declaration.Result is { } type ? Result(declaration.Method, type, types.Compilation, cancellationToken) : null;
        var token = declaration.Token is { } parameter ? CodeText.Identifier(parameter.Name) : null;
        var coreModel = new CoreModel(
            CodeText.Identifier(core.Method.Name), core.Method.IsStatic, core.Returns, core.Extras.Select(extra => new ExtraModel(extra)).ToEquatableArray());
        var place = $"{declaration.Method.ContainingType.ToDisplayString()}.{declaration.Method.Name} ({types.Compilation.AssemblyName})";
        if (declaration.Kind == DeclarationKind.Step)
        {
            return new StepModel
            {
                DefinitionName = CodeText.Identifier(declaration.DefinitionName),
                Name = declaration.Name,
                Arguments = arguments,
                Token = token,
                Returns = declaration.Returns,
                Result = result,
                IsStatic = declaration.Method.IsStatic,
                Core = coreModel,
                Aliases = declaration.Aliases.ToEquatableArray(),
                OncePerRun = declaration.OncePerRun,
                Mode = declaration.Mode,
                KeepsFailure = declaration.KeepsFailure,
                Retry = declaration.Retry,
                Declaration = place,
                Key = declaration.Key is { } key ? Key(key) : null,
            };
        }

        var flow = WorkflowFlow.Of(core.Method, types, bodies, cancellationToken);
        return new WorkflowModel
        {
            DefinitionName = CodeText.Identifier(declaration.DefinitionName),
            Name = declaration.Name,
            Arguments = arguments,
            Token = token,
            Returns = declaration.Returns,
            Result = result,
            IsStatic = declaration.Method.IsStatic,
            Core = coreModel,
            Version = declaration.Version,
            ArgumentsType = ArgumentsType(declaration, arguments, container, types),
            Retry = declaration.Retry,
            Declaration = place,
            CallModifiers = Accessibility(declaration.Method) + " static",
            CallName = CodeText.Identifier(declaration.CallName!),
            CallFactory = $"{DeclarationNames.TypeName(declaration.Method.ContainingType)}.{declaration.CallName}",
            Obsolete = Attributes.Obsolete(declaration.Method, types.Compilation),
            IsSequential = flow.IsSequential,
            AwaitsOnlyDurableWork = flow.AwaitsOnlyDurableWork,
        };
    }

    private static SignalModel Signal(Declaration declaration, KnownTypes types, CancellationToken cancellationToken) => new()
    {
        DefinitionName = CodeText.Identifier(declaration.DefinitionName),
        Name = declaration.Name,
        Returns = declaration.Returns,
        Result = declaration.Result is { } type ? Result(declaration.Method, type, types.Compilation, cancellationToken) : null,
        Timeout = declaration.Timeout is { } timeout ? CodeText.Identifier(timeout.Name) : null,
        Factory = SharedSignals.HasFactory(declaration, types)
            ? new SignalFactory(Accessibility(declaration.Method) + " static", CodeText.Identifier(declaration.CallName!), Attributes.Obsolete(declaration.Method, types.Compilation))
            : null,
    };

    private static ResultModel Result(IMethodSymbol method, ITypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var isMarked = Sensitivity.IsMarked(method.GetReturnTypeAttributes());
        // What a serializer stores whole is not looked into.
        return SerializerAttribute.OfResult(method, type, compilation) is { } serializer
            ? new ResultModel(CodeText.Type(type), PayloadModel.None(type.FullName()), isMarked || Sensitivity.IsReached(type, compilation), serializer.FullName())
            : new ResultModel(CodeText.Type(type), PayloadReader.Read(type, method.ContainingType, compilation, cancellationToken), isMarked);
    }

    private static ArgumentsModel ArgumentsType(Declaration declaration, EquatableArray<ArgumentModel> arguments, ContainerModel container, KnownTypes types)
    {
        // A name that no type parameter or keyword has.
        var type = "__" + declaration.DefinitionName;
        while (arguments.Any(argument => argument.Name == type))
            type += "_";
        var payloads = arguments.Select(argument => new PayloadArgument(argument.Name, argument.Payload, argument.Default, argument.IsFingerprinted, argument.IsSensitive)).ToList();
        if (!declaration.Arguments.All(parameter => types.Compilation.IsSymbolAccessibleWithin(parameter.Type, types.Compilation.Assembly)))
        {
            var within = $"{container.FullName}.{DeclarationNames.PayloadsClass}.{type}";
            return new ArgumentsModel("", type, within, PayloadReader.ReadArguments(within, isLocal: true, payloads));
        }

        // A namespace for each type, as the user has them: names that differ there differ here.
        var parts = new[] { container.GeneratedNamespace, "Arguments", container.Namespace }.Concat(container.Types.Select(type => type.Name));
        var space = string.Join(".", parts.Where(part => part.Length > 0));
        var name = $"global::{space}.{type}";
        return new ArgumentsModel(space, type, name, PayloadReader.ReadArguments(name, isLocal: false, payloads));
    }

    private static ArgumentModel Argument(IParameterSymbol parameter, KnownTypes types, CancellationToken cancellationToken) => new(
        parameter.Name,
        new ParameterModel(parameter.IsParams ? "params " : "", CodeText.Type(parameter.Type), CodeText.Identifier(parameter.Name)),
        ConstantText.Default(parameter),
        KnownTypes.Find(parameter, types.NotFingerprintedAttribute) is null,
        PayloadReader.Read(parameter.Type, parameter.ContainingSymbol.ContainingType, types.Compilation, cancellationToken),
        Sensitivity.IsMarked(parameter.GetAttributes()));

    private static KeyModel Key(IParameterSymbol key) => new(CodeText.Identifier(key.Name), key.Type switch
    {
        { SpecialType: SpecialType.System_String } => KeyFormat.Text,
        { TypeKind: TypeKind.Enum } => KeyFormat.Enum,
        { SpecialType: SpecialType.None } => KeyFormat.Guid,
        _ => KeyFormat.Integer,
    });

    private static string Accessibility(IMethodSymbol method) => SyntaxFacts.GetText(method.DeclaredAccessibility);
}
