using System.Runtime.CompilerServices;
using Xunit;

namespace Durable.TestKit;

/// <summary>Compares a text with the one that was accepted, kept beside the test as <c>Class.Method#Hint.verified.ext</c>.</summary>
/// <remarks>
/// On a difference the new text is written beside it as <c>.received.</c> and the test fails. Whoever has read the difference accepts it by renaming the file,
/// or by running the test once with the environment variable DURABLE_ACCEPT_SNAPSHOTS set to 1.
/// </remarks>
public static class Snapshot
{
    private const string AcceptVariable = "DURABLE_ACCEPT_SNAPSHOTS";

    /// <summary>The text is the accepted one, line ends aside.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hint">Tells several snapshots of one test apart; null for the only one.</param>
    /// <param name="extension">The file's extension, without the dot.</param>
    /// <param name="method">The test; given by the compiler.</param>
    /// <param name="file">The test's file, whose name is the class's; given by the compiler.</param>
    public static void Matches(string text, string? hint = null, string extension = "cs", [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        var received = Normalize(text);
        var name = Name(hint, method, file);
        var verifiedPath = $"{name}.verified.{extension}";
        var receivedPath = $"{name}.received.{extension}";
        var verified = File.Exists(verifiedPath) ? Normalize(File.ReadAllText(verifiedPath)) : null;
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(verifiedPath, received);
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail(verified is null
            ? $"There is no accepted snapshot yet. Read '{receivedPath}', and rename it to '{Path.GetFileName(verifiedPath)}' if it is right."
            : $"'{receivedPath}' differs from the accepted snapshot. {FirstDifference(verified, received)}");
    }

    /// <summary>The hints of a test's accepted snapshots, so that a test can say that there are no others.</summary>
    /// <param name="extension">The files' extension, without the dot.</param>
    /// <param name="method">The test; given by the compiler.</param>
    /// <param name="file">The test's file; given by the compiler.</param>
    public static IReadOnlyList<string> Hints(string extension = "cs", [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        var prefix = Path.GetFileName(Name("", method, file));
        var suffix = $".verified.{extension}";
        return [.. Directory.EnumerateFiles(Path.GetDirectoryName(file)!, $"{prefix}*{suffix}")
            .Select(path => Path.GetFileName(path)[prefix.Length..^suffix.Length])
            .Order(StringComparer.Ordinal)];
    }

    private static string Name(string? hint, string method, string file)
        => Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}{(hint is null ? "" : "#" + hint)}");

    private static string Normalize(string text) => text.Replace("\r\n", "\n").TrimEnd('\n') + "\n";

    private static string FirstDifference(string verified, string received)
    {
        var old = verified.Split('\n');
        var now = received.Split('\n');
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
            line++;
        return $"Line {line + 1} was '{(line < old.Length ? old[line] : "")}' and is '{(line < now.Length ? now[line] : "")}'.";
    }
}
