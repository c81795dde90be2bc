using FsCheck;
using FsCheck.Fluent;

namespace Durable.Storage.Contract.Model;

/// <summary>Random operations about messages, requests, children and what runs show.</summary>
internal static class ModelMessages
{
    private static readonly Gen<int> s_run = Gen.GrowingElements(Enumerable.Range(0, ModelWorld.RunIds));
    private static readonly Gen<int> s_request = Gen.Choose(0, ModelWorld.RequestIds - 1);
    private static readonly Gen<int> s_size = Gen.Elements(0, 1, 7);
    private static readonly Gen<TimeSpan?> s_timeout = Gen.Elements<TimeSpan?>(null, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    public static (int, Gen<ModelOperation>)[] Operations { get; } =
    [
        (8, from run in s_run from name in Gen.Choose(0, 1) from id in Gen.Elements<int?>(null, null, 1, 2) from size in s_size select (ModelOperation)new SignalOperation(run, name, id, size)),
        (3, from run in s_run from after in Gen.Elements(0, 0, 1, 2) select (ModelOperation)new InboxOperation(run, after)),
        (5, from request in s_request from run in Gen.Frequency((6, Gen.Constant<int?>(null)), (1, s_run.Select(run => (int?)run))) from rejects in Gen.Elements(false, false, true) from size in s_size
            select (ModelOperation)new AnswerOperation(request, run, rejects, size)),
        (3, from request in s_request select (ModelOperation)new HeartbeatOperation(request)),
        (2, from request in s_request select (ModelOperation)new FindRequestOperation(request)),
        (2, from name in Gen.Choose(0, 1) from run in Gen.Frequency((2, Gen.Constant<int?>(null)), (1, s_run.Select(run => (int?)run))) from after in Gen.Elements<int?>(null, null, 0, 1) from max in Gen.Elements(1, 2, 10)
            select (ModelOperation)new ListRequestsOperation(name, run, after, max)),
        (3, from run in s_run from key in Gen.Choose(0, 1) from start in Gen.Elements(0, 1, 1, 2) from max in Gen.Elements(0, 1, 10) select (ModelOperation)new OutputOperation(run, key, start, max)),
    ];

    /// <summary>What a commit does besides; null for nothing.</summary>
    public static Gen<ModelEffects?> Effects { get; } = Gen.Frequency((1, Gen.Constant<ModelEffects?>(null)), (1, Some()));

    private static Gen<ModelEffects?> Some()
        => from taken in Gen.Frequency((1, Gen.Constant<List<int>>([])), (1, Few(Gen.Choose(-1, 2))), (1, Gen.Constant<List<int>>([0, 1, 2, 3])))
           from requests in Few(s_request)
           from timeout in s_timeout
           from heartbeat in s_timeout
           from closed in Few(s_request)
           from children in Few(s_run)
           from policy in Gen.Elements(Enum.GetValues<ParentClosePolicy>())
           from shown in Few(Gen.Choose(0, 1))
           from progress in Gen.Elements<RunProgress?>(null, null, new RunProgress("half", 0.5), new RunProgress(null, null), new RunProgress("", 1), new RunProgress("too much", 2))
           from dropped in Few(Gen.Choose(-1, 3))
           select (ModelEffects?)new ModelEffects
           {
               Taken = taken,
               Requests = requests,
               Timeout = timeout,
               Heartbeat = heartbeat,
               Closed = closed,
               Children = children,
               Policy = policy,
               Shown = shown,
               Progress = progress,
               Dropped = dropped,
           };

    private static Gen<List<int>> Few(Gen<int> item) => from count in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 2))) from items in Gen.ListOf(item, count) select items;
}
