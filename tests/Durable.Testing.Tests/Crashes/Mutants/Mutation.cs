namespace Durable.Testing.Tests.Crashes.Mutants;

/// <summary>One mistake made in the engine's source.</summary>
/// <param name="Name">What the engine does from then on.</param>
/// <param name="File">The file, from the folder of Durable.Runtime.</param>
/// <param name="Original">The text that is replaced, once in its file.</param>
/// <param name="Replacement">The mistake.</param>
/// <param name="IsDeletedWrite">True when something is no longer written, or no longer before it is relied on: what the crash sweep by itself must notice.</param>
public sealed record Mutation(string Name, string File, string Original, string Replacement, bool IsDeletedWrite = false)
{
    /// <summary>The file's text with the mistake in it.</summary>
    public string Apply(string source)
    {
        var pieces = source.Split(Original);
        Assert.True(pieces.Length == 2, $"The mutation '{Name}' replaces a text of {File} that is there {pieces.Length - 1} times instead of once. The engine's source has changed: give the mutation its new text, in Mutations.cs.\n\n{Original}");
        return string.Join(Replacement, pieces);
    }
}
