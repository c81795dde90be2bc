using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>The types that declarations are made of, as one compilation knows them.</summary>
internal sealed class KnownTypes
{
    public const string WorkflowAttributeName = "Durable.WorkflowAttribute";
    public const string StepAttributeName = "Durable.StepAttribute";
    public const string SignalAttributeName = "Durable.SignalAttribute";

    /// <summary>The tool name in the GeneratedCode attribute of everything that our generator writes.</summary>
    public const string GeneratorName = "Durable.Generators";

    private readonly INamedTypeSymbol? _task;
    private readonly INamedTypeSymbol? _taskOfResult;
    private readonly INamedTypeSymbol? _valueTask;
    private readonly INamedTypeSymbol? _valueTaskOfResult;
    private readonly INamedTypeSymbol? _guid;
    private readonly INamedTypeSymbol? _generatedCode;

    private KnownTypes(Compilation compilation, INamedTypeSymbol workflow, INamedTypeSymbol step)
    {
        Compilation = compilation;
        WorkflowAttribute = workflow;
        StepAttribute = step;
        SignalAttribute = compilation.GetTypeByMetadataName(SignalAttributeName);
        StepKeyAttribute = compilation.GetTypeByMetadataName("Durable.StepKeyAttribute");
        StepAliasAttribute = compilation.GetTypeByMetadataName("Durable.StepAliasAttribute");
        RetryAttribute = compilation.GetTypeByMetadataName("Durable.RetryAttribute");
        NotFingerprintedAttribute = compilation.GetTypeByMetadataName("Durable.NotFingerprintedAttribute");
        WorkflowContext = compilation.GetTypeByMetadataName("Durable.WorkflowContext");
        StepGuard = compilation.GetTypeByMetadataName("Durable.StepGuard");
        StepGuardOfResult = compilation.GetTypeByMetadataName("Durable.StepGuard`1");
        ChildHandle = compilation.GetTypeByMetadataName("Durable.ChildHandle");
        ChildHandleOfResult = compilation.GetTypeByMetadataName("Durable.ChildHandle`1");
        StepContext = compilation.GetTypeByMetadataName("Durable.StepContext");
        WaitResult = compilation.GetTypeByMetadataName("Durable.WaitResult");
        WaitResultOfValue = compilation.GetTypeByMetadataName("Durable.WaitResult`1");
        TimeSpan = compilation.GetTypeByMetadataName("System.TimeSpan");
        CancellationToken = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
        _task = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
        _taskOfResult = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
        _valueTask = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
        _valueTaskOfResult = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
        _guid = compilation.GetTypeByMetadataName("System.Guid");
        _generatedCode = compilation.GetTypeByMetadataName("System.CodeDom.Compiler.GeneratedCodeAttribute");
    }

    public Compilation Compilation { get; }

    public INamedTypeSymbol WorkflowAttribute { get; }

    public INamedTypeSymbol StepAttribute { get; }

    public INamedTypeSymbol? SignalAttribute { get; }

    public INamedTypeSymbol? StepKeyAttribute { get; }

    public INamedTypeSymbol? StepAliasAttribute { get; }

    public INamedTypeSymbol? RetryAttribute { get; }

    public INamedTypeSymbol? NotFingerprintedAttribute { get; }

    public INamedTypeSymbol? WorkflowContext { get; }

    public INamedTypeSymbol? StepGuard { get; }

    public INamedTypeSymbol? StepGuardOfResult { get; }

    public INamedTypeSymbol? ChildHandle { get; }

    public INamedTypeSymbol? ChildHandleOfResult { get; }

    public INamedTypeSymbol? StepContext { get; }

    public INamedTypeSymbol? WaitResult { get; }

    public INamedTypeSymbol? WaitResultOfValue { get; }

    public INamedTypeSymbol? TimeSpan { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    /// <summary>The known types; null where Durable is not referenced.</summary>
    public static KnownTypes? Create(Compilation compilation)
        => compilation.GetTypeByMetadataName(WorkflowAttributeName) is { } workflow && compilation.GetTypeByMetadataName(StepAttributeName) is { } step
            ? new KnownTypes(compilation, workflow, step)
            : null;

    public static AttributeData? Find(ISymbol symbol, INamedTypeSymbol? attribute)
        => attribute is null ? null : symbol.GetAttributes().FirstOrDefault(data => Same(data.AttributeClass, attribute));

    public static bool Same(ITypeSymbol? left, ITypeSymbol? right) => right is not null && SymbolEqualityComparer.Default.Equals(left, right);

    public static bool IsSame(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>True for types that C# does not tell apart: equal but for nullability of references and names of tuple items.</summary>
    public bool Fits(ITypeSymbol? left, ITypeSymbol? right)
        => left is not null && right is not null && (Same(left, right) || Compilation.ClassifyCommonConversion(left, right).IsIdentity);

    public bool IsWorkflow(IMethodSymbol method) => Find(method, WorkflowAttribute) is not null;

    public bool IsStep(IMethodSymbol method) => Find(method, StepAttribute) is not null;

    public bool IsSignal(IMethodSymbol method) => Find(method, SignalAttribute) is not null;

    /// <summary>True for a method with any of the attributes that declare something.</summary>
    public bool IsDeclared(IMethodSymbol method) => IsWorkflow(method) || IsStep(method) || IsSignal(method);

    /// <summary>True for a member that our generator wrote: seen by analyzers, which run on its output.</summary>
    public bool IsGenerated(ISymbol member)
        => Find(member, _generatedCode) is { ConstructorArguments: [{ Value: GeneratorName }, ..] };

    /// <summary>True where our generator wrote the second half of a method. Both halves share their attributes, so that one GeneratedCode of the user's leaves no place for ours; the file tells as well.</summary>
    public bool IsHalfGenerated(IMethodSymbol method)
        => method.PartialImplementationPart is { } half
            && (IsGenerated(method) || half.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree.FilePath.Contains(GeneratorName + ".WorkflowGenerator")));

    /// <summary>What a method returns.</summary>
    /// <param name="method">The method.</param>
    /// <param name="result">The result inside; null for none.</param>
    public ReturnShape Returns(IMethodSymbol method, out ITypeSymbol? result)
    {
        result = null;
        if (method.ReturnsVoid)
            return ReturnShape.Void;
        if (method.ReturnType is INamedTypeSymbol type)
        {
            if (Same(type, _task))
                return ReturnShape.Task;
            if (Same(type, _valueTask))
                return ReturnShape.ValueTask;
            if (type.TypeArguments is [var argument])
            {
                result = argument;
                if (Same(type.OriginalDefinition, _taskOfResult))
                    return ReturnShape.TaskOfResult;
                if (Same(type.OriginalDefinition, _valueTaskOfResult))
                    return ReturnShape.ValueTaskOfResult;
            }
        }

        result = method.ReturnType;
        return ReturnShape.Result;
    }

    /// <summary>True for what can be a step's key: string, integer, Guid, enum.</summary>
    public bool CanBeKey(ITypeSymbol type)
        => type.TypeKind == TypeKind.Enum || Same(type, _guid) || type.SpecialType is SpecialType.System_String
            or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;
}
