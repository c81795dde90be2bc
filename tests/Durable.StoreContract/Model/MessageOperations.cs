namespace Durable.Storage.Contract.Model;

internal sealed record SignalOperation(int Run, int Name, int? MessageId, int Size) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var signal = new NewSignal { RunId = world.RunId(Run), Name = $"signal {Name}", MessageId = MessageId is { } id ? $"m{id}" : null, Payload = Payload.Of(Size) };
        return world.AskAsync(store => store.SendSignalAsync(signal, default), verdict => verdict.ToString());
    }

    public override string ToString() => $"send signal {Name} of {Size} bytes to run {Run}, message id {MessageId?.ToString() ?? "none"}";
}

internal sealed record InboxOperation(int Run, int After) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.AskAsync(store => store.ReadInboxAsync(world.RunId(Run), After, default), Show.Messages);

    public override string ToString() => $"read the inbox of run {Run} after {After}";
}

/// <summary>An answer by the run that asks, or by another one.</summary>
internal sealed record AnswerOperation(int Request, int? Run, bool Rejects, int Size) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var runId = Run is { } run ? world.RunId(run) : world.Model.Requests.FirstOrDefault(request => request.RequestId == world.RequestId(Request))?.RunId ?? world.RunId(0);
        var answer = new RequestAnswer { RunId = runId, RequestId = world.RequestId(Request), Payload = Rejects ? default : Payload.Of(Size), Error = Rejects ? Payload.Of(Size) : default };
        return world.AskAsync(store => store.AnswerRequestAsync(answer, default), verdict => verdict.ToString());
    }

    public override string ToString() => $"{(Rejects ? "reject" : "answer")} request {Request} of {(Run is { } run ? $"run {run}" : "its run")} with {Size} bytes";
}

internal sealed record HeartbeatOperation(int Request) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.AskAsync(store => store.HeartbeatRequestAsync(world.RequestId(Request), default), verdict => verdict.ToString());

    public override string ToString() => $"sign of life for request {Request}";
}

internal sealed record FindRequestOperation(int Request) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.AskAsync(store => store.FindRequestAsync(world.RequestId(Request), default), Show.Request);

    public override string ToString() => $"find request {Request}";
}

/// <summary>Lists open requests of a name, which is the sequence's own.</summary>
internal sealed record ListRequestsOperation(int Name, int? Run, int? After, int Max) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var after = After is { } request ? world.Model.Requests.FirstOrDefault(asked => asked.RequestId == world.RequestId(request)) : null;
        var query = new RequestQuery { Name = world.RequestName(Name), RunId = Run is { } run ? world.RunId(run) : null, After = after?.Position, Max = Max };
        return world.AskAsync(store => store.ListRequestsAsync(query, default), Show.Requests);
    }

    public override string ToString() => $"list {Max} requests like {Name} of run {Run?.ToString() ?? "any"} after request {After?.ToString() ?? "none"}";
}

/// <summary>Reads what a run published under a key and appended to the stream of that name.</summary>
internal sealed record OutputOperation(int Run, int Key, int From, int Max) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.AskAsync(
        async store => (
            await store.FindPublishedAsync(world.RunId(Run), ModelEffects.Key(Key), default),
            await store.ReadStreamAsync(world.RunId(Run), ModelEffects.Key(Key), From, Max, default)),
        shown => Show.Output(shown.Item1, shown.Item2));

    public override string ToString() => $"read what run {Run} shows under key {Key}, {Max} items from {From} on";
}
