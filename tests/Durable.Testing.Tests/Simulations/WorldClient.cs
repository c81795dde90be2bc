using Durable.CompilerServices;
using Durable.TestKit.Workflows;

namespace Durable.Testing.Tests.Simulations;

/// <summary>Who starts runs and wants to know how they end: a process without a worker, which asks again when the store fails, and of which another takes the place when it dies.</summary>
internal sealed class WorldClient(World world, WorldHost host)
{
    private readonly IDurableClient _client = host.Connect();

    public WorldHost Host { get; } = host;

    /// <summary>Starts a run, unless it was started before, and follows it until its outcome stays.</summary>
    public void Follow(WorldRun run)
        => _ = Task.Factory.StartNew(() => FollowAsync(run), CancellationToken.None, TaskCreationOptions.DenyChildAttach, Host.Lane).Unwrap();

    /// <summary>Asks for a run to be canceled.</summary>
    public void Cancel(WorldRun run)
        => _ = Task.Factory.StartNew(() => CancelAsync(run), CancellationToken.None, TaskCreationOptions.DenyChildAttach, Host.Lane).Unwrap();

    private async Task CancelAsync(WorldRun run)
    {
        try
        {
            await _client.GetRun(run.Id).CancelAsync($"{run.Id} is not wanted");
            world.Trace.Note("told to be canceled", Host.Name, run.Id);
        }
        catch (Exception exception) when (exception is RunNotFoundException or RunNotCancelableException or StoreException)
        {
            // Not accepted yet, over already, or not known: nobody insists.
        }
    }

    private async Task FollowAsync(WorldRun run)
    {
        var options = new StartOptions();
        while (!run.IsFinished)
        {
            try
            {
                var handle = await _client.StartAsync(Call(run, run.Id), run.Id, options);
                options = new StartOptions();
                if (world.Random.Next(8) == 0)
                    await ConflictAsync(run);
                try
                {
                    Completed(run, await handle.GetResultAsync());
                }
                catch (RunFailedException)
                {
                    if (run.ResumesLeft-- <= 0)
                        run.IsFinished = true;
                    else if (world.Random.Next(2) == 0)
                        await handle.ResumeAsync();
                    else
                        options = new StartOptions { IfFailed = IfFailed.Resume };
                }
                catch (RunCanceledException canceled)
                {
                    world.Trace.Note("told canceled", Host.Name, run.Id);
                    if (canceled.Reason != $"{run.Id} is not wanted")
                        world.Violated($"{run.Id} was canceled because '{canceled.Reason}'");
                    if (run.ResumesLeft-- <= 0)
                        run.IsFinished = true;
                    else
                        await handle.ResumeAsync();
                }
                catch (RunQuarantinedException)
                {
                    world.Trace.Note("told quarantined", Host.Name, run.Id);
                    await handle.ResumeAsync(acceptDivergence: true);
                }
            }
            catch (RunNotResumableException)
            {
                // A resume of an earlier client arrived late, and the run has completed meanwhile: the next look tells.
                world.Trace.Note("told not resumable", Host.Name, run.Id);
            }
            catch (StoreException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Host.Clock);
            }
            catch (Exception exception)
            {
                world.Violated($"the client of {run.Id} was told {exception}");
                return;
            }
        }
    }

    private async Task ConflictAsync(WorldRun run)
    {
        try
        {
            await _client.StartAsync(Call(run, "other arguments"), run.Id);
            world.Violated($"G1: {run.Id} was started again with other arguments");
        }
        catch (RunConflictException)
        {
            world.Trace.Note("told conflict", Host.Name, run.Id);
        }
    }

    private void Completed(WorldRun run, string result)
    {
        if (run.Result is { } before && before != result)
            world.Violated($"G3: {run.Id} completed with '{result}' after '{before}'");
        (run.Result, run.IsFinished) = (result, true);
        world.Trace.Note("told completed", Host.Name, run.Id);
    }

    private static WorkflowCall<string> Call(WorldRun run, string input) => TestWorkflow.Define<string>(run.Workflow, static _ => throw new NotSupportedException()).Call(input);
}
