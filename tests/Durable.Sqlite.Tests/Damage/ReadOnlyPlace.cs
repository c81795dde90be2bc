namespace Durable.Sqlite.Tests;

/// <summary>Makes a file or a folder read-only for this user, by the way that works: permissions do not stop root.</summary>
internal sealed class ReadOnlyPlace : IDisposable
{
    private readonly Action _undo;

    private ReadOnlyPlace(Action undo) => _undo = undo;

    public static ReadOnlyPlace File(string path) => Environment.IsPrivilegedProcess
        ? Immutable(path) ?? Remounted(Path.GetDirectoryName(path)!) ?? throw None(path)
        : Permissions(path, UnixFileMode.UserRead);

    public static ReadOnlyPlace Folder(string path) => Environment.IsPrivilegedProcess
        ? Remounted(path) ?? Immutable(path) ?? throw None(path)
        : Permissions(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

    public void Dispose() => _undo();

    private static ReadOnlyPlace? Immutable(string path)
        => Mounts.Try("chattr", "+i", path) ? new ReadOnlyPlace(() => Mounts.Try("chattr", "-i", path)) : null;

    private static ReadOnlyPlace? Remounted(string folder)
    {
        if (!Mounts.Try("mount", "--bind", folder, folder))
            return null;
        if (Mounts.Try("mount", "-o", "remount,ro,bind", folder))
            return new ReadOnlyPlace(() => Mounts.Try("umount", folder));
        Mounts.Try("umount", folder);
        return null;
    }

    private static ReadOnlyPlace Permissions(string path, UnixFileMode mode)
    {
#pragma warning disable CA1416 // Files are made read-only by mode where there are modes; these tests are of Unix.
        var before = System.IO.File.GetUnixFileMode(path);
        System.IO.File.SetUnixFileMode(path, mode);
        return new ReadOnlyPlace(() => System.IO.File.SetUnixFileMode(path, before));
#pragma warning restore CA1416
    }

    private static InvalidOperationException None(string path) => new($"Nothing makes '{path}' read-only for this user.");
}
