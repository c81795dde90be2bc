namespace Durable;

/// <summary>What an export shows.</summary>
public sealed class RunExportOptions
{
    /// <summary>
    /// True to show input and results as they are stored, and the fingerprints of arguments, from which short ones could be guessed. Default false: what is marked <see cref="SensitiveAttribute"/> appears as <c>***</c>, and a payload of which this process cannot tell what is sensitive in it is withheld; fingerprints are left out.
    /// </summary>
    public bool ShowSensitive { get; init; }
}
