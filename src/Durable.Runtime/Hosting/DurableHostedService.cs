using Durable.Workers;
using Microsoft.Extensions.Hosting;

namespace Durable.Hosting;

/// <summary>Runs the worker within the host's lifetime. A shutdown has two phases: drain while the rest of the application still works, then stop.</summary>
internal sealed class DurableHostedService(Worker worker) : IHostedLifecycleService
{
    private bool _drained;

    public Task StartAsync(CancellationToken cancellationToken) => worker.StartAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _drained = true;
        return worker.DrainAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host that knows no lifecycle services calls only this.
        if (!_drained)
            await worker.DrainAsync(cancellationToken);
        await worker.StopAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
