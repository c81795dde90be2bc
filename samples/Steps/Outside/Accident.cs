using System.Diagnostics;

namespace Steps;

/// <summary>Ends the first of two processes where an example wants it; does nothing in the second.</summary>
public sealed class Accident(Settings settings)
{
    public void Strike()
    {
        if (!settings.Dies)
            return;
        Console.WriteLine("  ... and the process is killed. Another goes on:");
        Process.GetCurrentProcess().Kill(); // SIGKILL: no finally, no flush, no goodbye.
    }
}
