using Durable.Storage;

namespace Durable.Testing.Tests.Simulations;

/// <summary>
/// How a host's calls travel to the store: what was sent arrives and takes effect whether or not the host still lives, and the answer comes when it comes.
/// What may go wrong on the way is decided by the store that this one is around.
/// </summary>
internal sealed class WorldConnection(IRunStore inner, World world, string host, TaskScheduler network) : DelegatingStore(inner)
{
    protected override ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call) => new(SendAsync(verb, request, call));

    public override ValueTask DisposeAsync() => default;

    private async Task<T> SendAsync<T>(string verb, object? request, Func<ValueTask<T>> call)
    {
        world.Trace.Note("asks", host, verb, text: world.KeepsText ? $"{verb} {Essentials(request)}" : null);
        var (answer, failure) = await Task.Factory.StartNew(() => ArriveAsync(call), CancellationToken.None, TaskCreationOptions.DenyChildAttach, network).Unwrap();
        world.Trace.Note(failure is null ? "is answered" : "is not answered", host, verb);
        return failure is null ? answer! : throw failure;
    }

    // A failure as a value: an exception that a dead host can no longer look at would count as one that nobody cared for.
    private async Task<(T? Answer, Exception? Failure)> ArriveAsync<T>(Func<ValueTask<T>> call)
    {
        world.CallsUnderWay++;
        try
        {
            return (await call(), null);
        }
        catch (Exception exception)
        {
            world.Trace.Note("store failed", host, exception.GetType().Name, text: exception.Message);
            return (default, exception);
        }
        finally
        {
            world.CallsUnderWay--;
        }
    }

    private static string Essentials(object? request) => request switch
    {
        NewRun run => run.RunId,
        RunCommit commit => $"{commit.RunId} epoch {commit.Epoch} [{string.Join(' ', commit.Checkpoints.Select(checkpoint => $"{checkpoint.Sequence}:{checkpoint.StepId}"))}] {commit.Transition?.Status}",
        LeaseRenewal renewal => string.Join(' ', renewal.Leases.Select(lease => $"{lease.RunId}/{lease.Epoch}")),
        ResumeRequest resume => resume.RunId,
        CancelRequest cancel => cancel.RunId,
        TerminateRequest terminate => terminate.RunId,
        string runId => runId,
        _ => "",
    };
}
