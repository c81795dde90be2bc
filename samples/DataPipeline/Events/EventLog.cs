using Durable;

namespace DataPipeline;

/// <summary>What has happened in this process, printed as it happens.</summary>
public sealed class EventLog
{
    private readonly Lock _gate = new();
    private List<PipelineEvent> _events = [];

    public void Invoked(StepContext step) => Add(EventKind.Invoked, step.StepId);

    public void Called(string function, string argument) => Add(EventKind.Called, $"{function}({argument})");

    public void Add(EventKind kind, string subject)
    {
        var added = new PipelineEvent(kind, subject);
        lock (_gate)
        {
            _events.Add(added);
            Console.WriteLine(added);
        }
    }

    /// <summary>The events since this was last asked.</summary>
    public IReadOnlyList<PipelineEvent> Take()
    {
        lock (_gate)
        {
            var taken = _events;
            _events = [];
            return taken;
        }
    }
}
