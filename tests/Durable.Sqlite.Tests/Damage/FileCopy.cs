namespace Durable.Sqlite.Tests;

/// <summary>The bytes of a store's file and its log, as a power cut or a copying hand would leave them: no lock files, no index of the log.</summary>
internal sealed record FileCopy(byte[] Main, byte[] Log)
{
    /// <summary>Reads the files of a store on which nothing is being written.</summary>
    public static FileCopy Of(SqliteFile file) => new(File.ReadAllBytes(file.Path), File.Exists(file.Path + "-wal") ? File.ReadAllBytes(file.Path + "-wal") : []);

    /// <summary>Puts them into a folder of their own.</summary>
    public SqliteFile Lay()
    {
        var file = new SqliteFile();
        File.WriteAllBytes(file.Path, Main);
        if (Log.Length > 0)
            File.WriteAllBytes(file.Path + "-wal", Log);
        return file;
    }

    /// <summary>The same with one byte changed; a place behind the file's end is one of the log.</summary>
    public FileCopy Flip(int place, byte bits)
    {
        var copy = new FileCopy([.. Main], [.. Log]);
        if (place < Main.Length)
            copy.Main[place] ^= bits;
        else
            copy.Log[place - Main.Length] ^= bits;
        return copy;
    }
}
