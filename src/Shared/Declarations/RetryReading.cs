using System.Globalization;
using System.Text.RegularExpressions;
using Durable.Code;
using Durable.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Declarations;

/// <summary>Reads the retry attribute that holds for a declaration, and says which of its values make no sense.</summary>
internal sealed class RetryReading
{
    // As RetryPolicy has them.
    private const int MostAttempts = 10_000;
    private const double HighestRate = 100;
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(3650);
    private static readonly TimeSpan s_longestAttempt = TimeSpan.FromDays(30);

    private readonly AttributeData _attribute;
    private readonly IMethodSymbol _method;
    private readonly KnownTypes _types;
    private readonly List<DeclarationProblem> _problems;

    private RetryReading(AttributeData attribute, IMethodSymbol method, KnownTypes types, List<DeclarationProblem> problems)
    {
        _attribute = attribute;
        _method = method;
        _types = types;
        _problems = problems;
    }

    /// <summary>What holds for a step: the nearest attribute, of the method, the types around it, or the assembly. Null for none.</summary>
    /// <param name="method">The step.</param>
    /// <param name="mode">How often its body may run.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static RetrySetting? OfStep(IMethodSymbol method, StepModeKind mode, KnownTypes types, List<DeclarationProblem> problems)
    {
        var own = KnownTypes.Find(method, types.RetryAttribute);
        if (mode != StepModeKind.AtMostOnce)
            return Read(own ?? Around(method, types), method, types, problems);
        // Around it, a policy is meant for those that can be tried again.
        if (own is not null)
            new RetryReading(own, method, types, problems).Report(null, "a step that runs at most once has no second attempt: use StepMode.AtMostOncePerAttempt, or leave the policy out");
        return null;
    }

    /// <summary>What holds for the attempts of a workflow: its own attribute only. Null for none.</summary>
    /// <param name="method">The workflow.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static RetrySetting? OfWorkflow(IMethodSymbol method, KnownTypes types, List<DeclarationProblem> problems)
    {
        var own = KnownTypes.Find(method, types.RetryAttribute);
        var setting = Read(own, method, types, problems);
        if (setting?.AttemptTimeout is not null)
            new RetryReading(own!, method, types, problems).Report("AttemptTimeout", "an attempt of a workflow has none, its steps have");
        if (setting?.MaxElapsed is not null)
            new RetryReading(own!, method, types, problems).Report("MaxElapsed", "the attempts of a workflow are counted, not timed");
        return setting;
    }

    private static AttributeData? Around(IMethodSymbol method, KnownTypes types)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (KnownTypes.Find(type, types.RetryAttribute) is { } ofType)
                return ofType;
        }

        return KnownTypes.Find(method.ContainingAssembly, types.RetryAttribute);
    }

    private static RetrySetting? Read(AttributeData? attribute, IMethodSymbol method, KnownTypes types, List<DeclarationProblem> problems)
        => attribute is null ? null : new RetryReading(attribute, method, types, problems).Read();

    private RetrySetting Read()
    {
        if (_attribute.ConstructorArguments is [{ Value: var name }])
        {
            if (DeclarationNames.WhyInvalid(name as string ?? "") is { } reason)
                Report(null, "the name of the policy " + reason);
            foreach (var beside in _attribute.NamedArguments)
                Report(beside.Key, "a policy that is named says all itself: set it there");
            return new RetrySetting { Policy = name as string ?? "" };
        }

        var setting = new RetrySetting
        {
            MaxAttempts = Value("MaxAttempts") as int?,
            InitialDelay = Duration("InitialDelay", TimeSpan.Zero, s_longestDelay),
            BackoffRate = Value("BackoffRate") as double?,
            MaxDelay = Duration("MaxDelay", TimeSpan.Zero, s_longestDelay),
            Jitter = Value("Jitter") as int?,
            MaxElapsed = Duration("MaxElapsed", TimeSpan.FromTicks(1), s_longestDelay),
            AttemptTimeout = Duration("AttemptTimeout", TimeSpan.FromTicks(1), s_longestAttempt),
            RetryOn = Exceptions("RetryOn"),
            NeverRetryOn = Exceptions("NeverRetryOn"),
            RetryOnMessage = Value("RetryOnMessage") as string,
        };
        Check(setting);
        return setting;
    }

    private void Check(RetrySetting setting)
    {
        if (setting.MaxAttempts is < 1 or > MostAttempts)
            Report("MaxAttempts", $"{setting.MaxAttempts} is outside 1 to {MostAttempts.ToString("N0", CultureInfo.InvariantCulture)}; the first execution counts too");
        if (setting.BackoffRate is { } rate && !(rate is >= 1 and <= HighestRate))
            Report("BackoffRate", $"{rate.ToString(CultureInfo.InvariantCulture)} is outside 1 to 100; 1 waits the same each time");
        if (setting is { InitialDelay: { } initial, MaxDelay: { } most } && initial > most)
            Report("MaxDelay", "it is below InitialDelay, so that no delay would be as long as that says");
        if (setting.Jitter is < 0 or > 2)
            Report("Jitter", "it is no member of Jitter");
        if (setting.RetryOnMessage is { } pattern && !IsPattern(pattern))
            Report("RetryOnMessage", "it is no regular expression");
    }

    private TimeSpan? Duration(string name, TimeSpan least, TimeSpan most)
    {
        if (Value(name) is not string text)
            return null;
        var duration = DurationText.Read(text);
        if (duration is null)
            Report(name, $"'{text}' is no duration: write a number and a unit, such as \"500ms\", \"1s\", \"2m\", \"1h\" or \"7d\"");
        else if (duration < least)
            Report(name, $"'{text}' is not long enough: write a duration above zero, or leave it out");
        else if (duration > most)
            Report(name, $"'{text}' is too long: write at most \"{most.TotalDays.ToString(CultureInfo.InvariantCulture)}d\"");
        return duration;
    }

    private EquatableArray<string> Exceptions(string name)
    {
        if (_attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is not { Kind: TypedConstantKind.Array, IsNull: false } types)
            return EquatableArray<string>.Empty;
        var names = new List<string>();
        foreach (var value in types.Values)
        {
            if (value.Value is not ITypeSymbol type)
                Report(name, "null is no type of exceptions");
            else if (type.TypeKind == TypeKind.Error)
                continue;
            else if (type is INamedTypeSymbol { IsUnboundGenericType: true } || !IsException(type))
                Report(name, $"'{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' is no type of exceptions");
            else if (!_types.Compilation.IsSymbolAccessibleWithin(type, _method.ContainingType) || IsFileLocal(type))
                Report(name, $"'{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' cannot be named by generated code within '{_method.ContainingType.Name}'");
            else
                names.Add(CodeText.Type(type));
        }

        return names.ToEquatableArray();
    }

    // Null where the attribute does not say it, or says null.
    private object? Value(string name)
        => _attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive or TypedConstantKind.Enum } constant ? constant.Value : null;

    private void Report(string? name, string reason)
        => _problems.Add(new DeclarationProblem(DeclarationProblemKind.InvalidRetry, Place(name), name ?? "Retry", reason));

    private Location Place(string? name)
    {
        var whole = DeclarationReader.Place(_attribute, _method.Locations.FirstOrDefault() ?? Location.None);
        if (name is null || _attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax { ArgumentList: { } list })
            return whole;
        return list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.GetLocation() ?? whole;
    }

    private static bool IsException(ITypeSymbol? type)
        => type is not null && (type.ToDisplayString() == "System.Exception" || IsException(type.BaseType));

    private static bool IsFileLocal(ITypeSymbol type)
    {
        for (var outer = type as INamedTypeSymbol; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
                return true;
        }

        return false;
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
