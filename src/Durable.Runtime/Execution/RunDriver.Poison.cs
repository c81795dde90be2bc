using Durable.Storage;

namespace Durable.Execution;

// Runs that do not execute, and those that execute alone.
internal sealed partial class RunDriver
{
    private TimeSpan? _putOff;

    /// <summary>Completes when something that came of a body is stored; null where nobody waits for it.</summary>
    public TaskCompletionSource? FirstOutcome { get; init; }

    /// <summary>Has the run given back, before any of it executes, to be claimed again after some time. To be called before <see cref="RunAsync"/>.</summary>
    public void PutOff(TimeSpan wait)
    {
        _putOff = wait;
        Drain();
    }

    // True when no code of the run is to be started: it is given back unread, or set aside.
    private async Task<bool> StaysUnexecutedAsync()
    {
        string? poison = null;
        if (!_draining)
        {
            if (!Poison.Is(Engine, _run))
                return false;
            // Above the limit even setting the run aside has ended a process: then it is not read either.
            poison = Poison.Message(_run, Engine.Options.PoisonLimit, _run.Takeovers > Engine.Options.PoisonLimit ? null : await LoadAsync());
        }

        _replay = Replay([]);
        if (poison is null)
            Signal();
        else
            Quarantine(poison);
        return true;
    }

    private void TellFirstOutcome(List<(DurableCall? Call, CheckpointRecord Record)> completions)
    {
        if (FirstOutcome is { } first && completions.Exists(static completion => completion.Call is not null && completion.Record.Kind != CheckpointKind.StepStarted))
            Engine.Give(first);
    }
}
