using System.Diagnostics;
using Durable.Execution;

namespace Durable.Hosting;

/// <summary>Replaces what the engine takes from the machine; registered by tests and simulations only.</summary>
/// <param name="Scheduler">Where all work of the engine and of step bodies runs.</param>
/// <param name="NewId">Makes run ids that were not given.</param>
internal sealed record EngineSeams(TaskScheduler Scheduler, Func<Guid> NewId)
{
    /// <summary>Watches step bodies; null for nobody.</summary>
    public IBodyProbe? Bodies { get; init; }

    /// <inheritdoc cref="Engine.CutOff"/>
    public Action<string>? CutOff { get; init; }

    /// <summary>Says whether a debugger is attached.</summary>
    public Func<bool> IsDebugged { get; init; } = () => Debugger.IsAttached;

#pragma warning disable RS0030 // The one place where the machine's own randomness enters.
    public static EngineSeams Machine { get; } = new(TaskScheduler.Default, Guid.NewGuid);
#pragma warning restore RS0030
}
