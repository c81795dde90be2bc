namespace Steps;

/// <summary>Lines in a file that outlive the process. It is no part of the store: the world outside remembers too.</summary>
public sealed class Notebook(string path)
{
    public IReadOnlyList<string> Lines => File.Exists(path) ? File.ReadAllLines(path) : [];

    public void Add(string line) => File.AppendAllLines(path, [line]);
}
