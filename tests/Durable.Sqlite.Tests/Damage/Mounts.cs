using System.Diagnostics;

namespace Durable.Sqlite.Tests;

/// <summary>What the system's own tools do to files and folders, as far as this user may.</summary>
internal static class Mounts
{
    /// <summary>True when the tool is there and did what it was asked.</summary>
    public static bool Try(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
