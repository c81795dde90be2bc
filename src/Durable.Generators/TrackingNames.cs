namespace Durable.Generators;

/// <summary>The pipeline's steps, by name, so that tests can ask what an edit ran again.</summary>
internal static class TrackingNames
{
    public const string Declarations = nameof(Declarations);
    public const string Containers = nameof(Containers);
    public const string Registrations = nameof(Registrations);
    public const string InlineResults = nameof(InlineResults);
    public const string InlineSteps = nameof(InlineSteps);
    public const string SensitiveResults = nameof(SensitiveResults);
    public const string Errors = nameof(Errors);
    public const string Payloads = nameof(Payloads);
    public const string Surroundings = nameof(Surroundings);
    public const string Contexts = nameof(Contexts);
    public const string Modules = nameof(Modules);
}
