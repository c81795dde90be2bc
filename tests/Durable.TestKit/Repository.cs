namespace Durable.TestKit;

/// <summary>The files of this repository, for tests about them.</summary>
public static class Repository
{
    /// <summary>The folder of the solution: the nearest one above the running test that has it.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The text of a file, lines ended the same on every machine.</summary>
    /// <param name="path">Its path from the root.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static string Find(DirectoryInfo? folder) => folder is null
        ? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Durable.sln: run the tests from their build output inside the repository.")
        : File.Exists(Path.Combine(folder.FullName, "Durable.sln")) ? folder.FullName : Find(folder.Parent);
}
