namespace Durable.Benchmarks;

/// <summary>A directory for one measurement's files, gone after it. In the system's temporary directory: set TMPDIR to measure another disk.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("durable-bench-");

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
