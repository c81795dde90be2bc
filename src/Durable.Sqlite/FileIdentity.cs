using System.Runtime.InteropServices;
using System.Text;

namespace Durable.Sqlite;

/// <summary>Which file a path leads to: device and inode on Linux; elsewhere only that there is one. Windows lets nobody remove or replace a file that is open.</summary>
/// <param name="Device">The device.</param>
/// <param name="Inode">The file's number on it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    // The kernel's own layout of struct statx, the same on every architecture.
    private const int Size = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;
    private const int CurrentDirectory = -100;
    private const uint WantInode = 0x100;

    /// <summary>The file at a path given as UTF-8 that ends in NUL; null when there is none.</summary>
    public static FileIdentity? Of(byte[] path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(Encoding.UTF8.GetString(path.AsSpan(0, path.Length - 1))) ? default(FileIdentity) : null;
        var found = new byte[Size];
        return statx(CurrentDirectory, path, 0, WantInode, found) == 0
            ? new FileIdentity(BitConverter.ToUInt64(found, DeviceAt), BitConverter.ToUInt64(found, InodeAt))
            : null;
    }

    /// <summary>A path as <see cref="Of"/> takes it.</summary>
    public static byte[] Path(string path) => Encoding.UTF8.GetBytes(path + '\0');

#pragma warning disable IDE1006, SYSLIB1054 // Named as in C; arrays of bytes need no marshalling to be generated, which would need unsafe code.
    [DllImport("libc")]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, byte[] found);
#pragma warning restore IDE1006, SYSLIB1054
}
