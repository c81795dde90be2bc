namespace Durable.Execution;

// What the code asks about the changes that were made to it.
internal sealed partial class RunDriver
{
    /// <summary>Whether this run takes a change of the code. Called by workflow code, on the run's context.</summary>
    public bool Patched(string patch)
    {
        var answer = _replay.Patched(patch, out var isNew);
        if (!isNew)
            return answer;
        if (++_requested + _run.LastSequence > DurableLimits.MaxCheckpointsPerRun)
            Quarantine(TooManyCheckpoints);
        else
            _outbox.NotePatch(patch, answer);
        return answer;
    }
}
