using System.Diagnostics;

namespace Durable.Execution;

// For someone who debugs: stepping into a step's call comes to its body.
internal sealed partial class RunDriver
{
    // A stepper follows its thread only as far as the call returns, so the body has to start before it does. That changes nothing where the body of this call is what starts next in any case:
    // nothing recorded is left that could show the call to be a divergence, and the code awaits each call at once.
    private bool StartsBodiesAtCalls => Definition.IsSequential && _replay.IsExhausted && _quarantine is null && _codeEnd is null && !_halted && Engine.IsDebugged();

    /// <summary>Starts the body of the new call on the thread of the code that makes it. Its outcome is delivered like any other, once the code is idle.</summary>
    [DebuggerStepThrough]
    private void StartBodyAtCall()
    {
        StartBodies();
        var call = _kept;
        _kept = null;
        if (call is null)
            return;
        // This is no turn of the code: neither its context nor its watchdog's clock.
        Volatile.Write(ref _turnStartedAt, 0);
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            call.ExecuteHere();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(_context);
            Volatile.Write(ref _turnStartedAt, Engine.Time.GetTimestamp());
        }
    }
}
