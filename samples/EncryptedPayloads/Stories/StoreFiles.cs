using System.Text;

namespace EncryptedPayloads;

/// <summary>The files of a SQLite store as an intruder sees them: all bytes of the database and of its log.</summary>
public sealed class StoreFiles(string store)
{
    /// <summary>All bytes, file by file, also while the store is open.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Read()
        => [.. new[] { store, store + "-wal" }.Where(File.Exists).Select(file => (Path.GetFileName(file), ReadShared(file)))];

    /// <summary>Those of the texts that stand in one of the files as they are.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<(string Name, byte[] Bytes)> files, IEnumerable<string> texts)
        => [.. texts.Where(text => files.Any(file => file.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0))];

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
