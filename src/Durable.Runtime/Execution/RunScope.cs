using System.Globalization;

namespace Durable.Execution;

/// <summary>A scope of a run: counts the calls made in it, so that ids repeat on replay whatever other scopes do meanwhile.</summary>
internal sealed class RunScope
{
    private readonly Dictionary<string, int> _ordinals = [];
    private int _guids;

    public RunScope(RunDriver driver, string path)
    {
        Driver = driver;
        Path = path;
        Context = new RunWorkflowContext(driver, this);
    }

    public RunDriver Driver { get; }

    /// <summary>The scope's path; empty for the root.</summary>
    public string Path { get; }

    public RunWorkflowContext Context { get; }

    /// <summary>The id of the next call of this name and key, and its text.</summary>
    public (StepId Id, string Text) Next(string name, string? key)
    {
        key = StepId.Shorten(key);
        // The text that calls are counted by is most of the id's own: put together once a call.
        var call = StepId.Call(Path, name, key);
        var ordinal = Count(call);
        return (new StepId(Path, name, key, ordinal), StepId.WithOrdinal(call, ordinal));
    }

    /// <summary>Opens a scope inside this one.</summary>
    public RunScope Open(string name)
    {
        // Scopes and steps are counted apart: a step never changes the id of a scope of its name.
        var path = StepId.Call(Path, name, null);
        return new RunScope(Driver, StepId.WithOrdinal(path, Count(path + "/")));
    }

    // No step id looks like this one, since names are not empty: no step's idempotency token is ever equal.
    public Guid NextGuid() => NameBasedGuid.Create(Driver.RunId, string.Create(CultureInfo.InvariantCulture, $"{Path}/[NewGuid]#{_guids++}"));

    private int Count(string call)
    {
        var ordinal = _ordinals.GetValueOrDefault(call);
        _ordinals[call] = ordinal + 1;
        return ordinal;
    }
}
