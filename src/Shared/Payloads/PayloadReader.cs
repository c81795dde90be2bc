using Durable.Collections;
using Durable.Payloads.Errors;
using Durable.Payloads.Reading;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads;

/// <summary>Reads payload types into models without symbols. Called in the pipeline's transforms.</summary>
internal static class PayloadReader
{
    /// <summary>Reads an argument or result type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="container">The type that declares the workflow or step, whose private types can be stored too; null for an inline step.</param>
    /// <param name="compilation">The compilation that the code is generated for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static PayloadModel Read(ITypeSymbol type, INamedTypeSymbol? container, Compilation compilation, CancellationToken cancellationToken)
    {
        var walk = new PayloadWalk(container, compilation, cancellationToken);
        return walk.ToModel(walk.Visit(type, type.ShortName()));
    }

    /// <summary>What is wrong with a type, with the types at fault: for fixes, which look at symbols and keep none.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<FoundProblem> Problems(ITypeSymbol type, INamedTypeSymbol? container, Compilation compilation, CancellationToken cancellationToken)
    {
        var walk = new PayloadWalk(container, compilation, cancellationToken);
        walk.Visit(type, type.ShortName());
        return walk.Problems;
    }

    /// <summary>Reads the data of a <c>[DurableError]</c> type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The compilation that the code is generated for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static PayloadModel ReadError(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var path = type.ShortName();
        if (!ErrorTypes.IsResolved(type))
            return PayloadModel.None(type.FullName());
        if (ErrorTypes.Refusal(type) is { } refusal)
            return PayloadModel.None(type.FullName()) with { Problems = new[] { new PayloadProblem(PayloadProblemKind.Unsupported, path, path, refusal) }.ToEquatableArray() };
        var walk = new PayloadWalk(container: null, compilation, cancellationToken) { Error = type };
        return walk.ToModel(walk.Visit(type, path));
    }

    /// <summary>
    /// What a generated arguments type is: stored as an object by parameter name, where a missing argument takes its declared default and one without default is required.
    /// The type has one constructor that takes all arguments in order, and for each a readable member of its name.
    /// </summary>
    /// <param name="typeName">The fully qualified name of the generated type.</param>
    /// <param name="isLocal">True when it stands within the type that declares the workflow.</param>
    /// <param name="arguments">The arguments, in order.</param>
    public static PayloadModel ReadArguments(string typeName, bool isLocal, IReadOnlyList<PayloadArgument> arguments)
    {
        var types = arguments.SelectMany(argument => argument.Payload.Types);
        if (arguments.All(argument => argument.Payload.IsStorable))
        {
            var shape = new ObjectShape(
                new ObjectConstructor(ConstructorCall.New, arguments.Select(ToParameter).ToEquatableArray()),
                arguments.Select(argument => ToMember(argument, typeName)).ToEquatableArray());
            types = types.Append(new PayloadTypeModel(typeName, IsReferenceType: true, isLocal, shape));
        }

        return new PayloadModel(
            typeName,
            IsImmutable: false,
            PayloadModel.Distinct(types).ToEquatableArray(),
            arguments.SelectMany(argument => argument.Payload.Problems).Distinct().ToEquatableArray());
    }

    private static ObjectParameter ToParameter(PayloadArgument argument)
        => new(argument.Name, argument.Payload.RootName, argument.Payload.RootName, argument.DefaultText);

    private static ObjectMember ToMember(PayloadArgument argument, string typeName) => new()
    {
        Name = argument.Name,
        StoredName = argument.Name,
        Type = argument.Payload.RootName,
        DeclaringType = typeName,
        IsFingerprinted = argument.IsFingerprinted,
        IsSensitive = argument.IsSensitive,
        Default = argument.DefaultText is { } text ? DeclaredDefault.EqualTo(text, argument.Payload.RootName, InexactEquality.Of(argument.Payload)) : null,
    };
}
