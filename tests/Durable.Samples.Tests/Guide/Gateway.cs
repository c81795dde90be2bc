namespace Durable.Samples.Tests.Guide;

/// <summary>What the checkout calls: answers as a test says.</summary>
public sealed class Gateway
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<(string Operation, Exception Failure)> _failures = [];

    /// <summary>The calls, each with its attempt.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Done once an operation is held up.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets the next call of an operation fail.</summary>
    public void Fail(string operation, Exception failure) => _failures.Enqueue((operation, failure));

    public Task CallAsync(string operation, StepContext step)
    {
        Call(operation, step);
        return Task.CompletedTask;
    }

    /// <summary>An operation that goes on until its token is canceled, unless it fails.</summary>
    public async Task HoldAsync(string operation, StepContext step)
    {
        Call(operation, step);
        _held.TrySetResult();
        var canceled = new TaskCompletionSource();
        await using var registration = step.CancellationToken.Register(() => canceled.TrySetCanceled(step.CancellationToken));
        await canceled.Task;
    }

    public void Call(string operation, StepContext step)
    {
        Calls.Add($"{operation} {step.Attempt}");
        if (_failures.TryPeek(out var next) && next.Operation == operation)
            throw _failures.Dequeue().Failure;
    }
}
