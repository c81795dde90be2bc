using System.Diagnostics;

namespace MultiStepOperations;

/// <summary>What goes wrong: each situation has one place where the first call comes to grief.</summary>
public sealed class Trouble(Ledger ledger, Settings settings)
{
    /// <summary>True on the first call that reaches the troubled place. The ledger knows about earlier ones, also of other processes.</summary>
    public static bool IsDue(IReadOnlyList<LedgerLine> earlier, string username, string place)
        => Situation.All.Any(situation => situation.Username == username && situation.TroubledPlace == place) && earlier.All(line => line.Place != place);

    /// <summary>Notes the trouble and, if that was asked for, ends the process in it.</summary>
    public void Strike(LedgerLine line)
    {
        ledger.Append(line);
        if (settings.Kill)
            Process.GetCurrentProcess().Kill(); // SIGKILL: no finally, no flush, no goodbye.
    }
}
