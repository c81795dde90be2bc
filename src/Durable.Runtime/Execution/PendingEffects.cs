using Durable.Storage;

namespace Durable.Execution;

/// <summary>What the next commit of a run does besides writing checkpoints.</summary>
internal sealed class PendingEffects
{
    private readonly List<long> _taken = [];
    private readonly List<NewRequest> _requests = [];
    private readonly List<string> _closed = [];
    private readonly List<NewChild> _children = [];
    private readonly List<NamedPayload> _published = [];
    private readonly List<NamedPayload> _appended = [];
    private readonly List<long> _dropped = [];
    private RunProgress? _progress;

    public void Add(RunEffects effects)
    {
        _taken.AddRange(effects.Taken);
        _requests.AddRange(effects.Requests);
        _closed.AddRange(effects.ClosedRequests);
        _children.AddRange(effects.Children);
        _published.AddRange(effects.Published);
        _appended.AddRange(effects.Appended);
        _dropped.AddRange(effects.Dropped);
        _progress = effects.Progress ?? _progress;
    }

    public RunEffects ToEffects() => new()
    {
        Taken = _taken,
        Requests = _requests,
        ClosedRequests = _closed,
        Children = _children,
        Published = _published,
        Appended = _appended,
        Dropped = _dropped,
        Progress = _progress,
    };
}
