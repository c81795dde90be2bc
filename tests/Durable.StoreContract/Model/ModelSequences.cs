using FsCheck;
using FsCheck.Fluent;

namespace Durable.Storage.Contract.Model;

/// <summary>Random sequences of operations, and how a failing one is made shorter.</summary>
internal static class ModelSequences
{
    public const int Length = 40;

    // Few runs and few workflows, so that operations meet.
    private const int Workflows = 3;

    private static readonly Gen<int> s_run = Gen.GrowingElements(Enumerable.Range(0, ModelWorld.RunIds));
    private static readonly Gen<int> s_size = Gen.Elements(0, 1, 7);
    private static readonly Gen<int> s_seconds = Gen.Elements(-1, 0, 1, 30);
    private static readonly Gen<int> s_epochOffset = Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(-1)), (1, Gen.Constant(1)));

    private static readonly Gen<TimeSpan> s_span = Gen.Elements(
        TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    private static readonly (int, Gen<ModelOperation>)[] s_operations =
    [
        (12, from run in s_run from workflow in Gen.Choose(0, Workflows - 1) from size in s_size
             from timeout in Gen.Frequency((3, Gen.Constant<TimeSpan?>(null)), (1, s_span.Select(span => (TimeSpan?)span))) from begins in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
             select (ModelOperation)new CreateOperation(run, workflow, size) { Timeout = timeout, Checkpoints = begins }),
        (16, from max in Gen.Elements(0, 1, 1, 2, 10) from lease in s_seconds from workflows in Some(Gen.Choose(0, Workflows - 1), 4) select (ModelOperation)new ClaimOperation(max, lease, workflows)),
        (28, Commits()),
        (8, from runs in Some(s_run, 3) from offset in s_epochOffset from lease in s_seconds select (ModelOperation)new RenewOperation(runs, offset, lease)),
        (8, from run in s_run from accept in Gen.Elements(true, false) select (ModelOperation)new ResumeOperation(run, accept)),
        (2, from run in s_run from size in s_size select (ModelOperation)new TerminateOperation(run, size)),
        (5, from run in s_run from size in s_size select (ModelOperation)new CancelOperation(run, size)),
        (6, Decisions()),
        (4, from run in s_run select (ModelOperation)new FindOperation(run)),
        (4, from run in s_run select (ModelOperation)new ReadOperation(run)),
        (4, Lists()),
        (2, Gen.Constant<ModelOperation>(new CountOperation())),
        (6, from span in s_span select (ModelOperation)new AdvanceOperation(span)),
        (2, from span in s_span select (ModelOperation)new SetBackOperation(span)),
        .. ModelMessages.Operations,
        // Dear for a store on a disk: in every second sequence.
        (1, Gen.Constant<ModelOperation>(new ReopenOperation())),
    ];

    private static readonly Gen<ModelOperation> s_purge =
        from statuses in Gen.Elements<RunStatus[]>([RunStatus.Completed], [RunStatus.Failed, RunStatus.Canceled], [RunStatus.Completed, RunStatus.Failed, RunStatus.Canceled, RunStatus.Quarantined], [RunStatus.Pending])
        from age in s_span
        from max in Gen.Elements(1, 2, 10)
        select (ModelOperation)new PurgeOperation(statuses, age, max);

    // A sequence that purges needs a store of its own, so not every one does.
    private static readonly Gen<ModelOperation[]> s_sequence = Gen.Frequency(
        (5, Gen.ArrayOf(Gen.Frequency(s_operations), Length)),
        (1, Gen.ArrayOf(Gen.Frequency([.. s_operations, (8, s_purge)]), Length)));

    public static Arbitrary<ModelOperation[]> Arbitrary { get; } = Arb.From(s_sequence, Shorter);

    private static Gen<ModelOperation> Lists()
        => from statuses in Gen.Elements<RunStatus[]>([], [], [RunStatus.Pending], [RunStatus.Running, RunStatus.Failed], [RunStatus.Completed, RunStatus.Canceled, RunStatus.Quarantined])
           from workflow in Gen.Elements<int?>(null, null, 0, 2)
           from after in Gen.Elements<int?>(null, 0, 1, 2, 3)
           from @from in Gen.Elements<int?>(null, null, 0, 1)
           from max in Gen.Elements(1, 2, 100)
           select (ModelOperation)new ListOperation { Statuses = statuses, Workflow = workflow, After = after, From = @from, Max = max };

    private static Gen<ModelOperation> Commits()
        => from run in s_run
           from offset in s_epochOffset
           from sequences in Gen.Frequency((8, Gen.Elements<int[]>([], [1], [1, 2], [3])), (1, Gen.Elements<int[]>([0], [-1], [2, 1], [1, 1])))
           from cleared in Gen.Frequency((3, Gen.Constant<List<int>>([])), (1, Some(Gen.Choose(-1, 3), 2)))
           from transition in Gen.Frequency(
               (6, Gen.Constant<RunStatus?>(null)),
               (6, Gen.Elements<RunStatus?>(RunStatus.Pending, RunStatus.Completed, RunStatus.Failed, RunStatus.Failed, RunStatus.Canceled, RunStatus.Quarantined)),
               (2, Gen.Constant<RunStatus?>(RunStatus.Suspended)),
               (1, Gen.Constant<RunStatus?>(RunStatus.Running)))
           from wait in Gen.Frequency((1, Gen.Constant<TimeSpan?>(null)), (2, s_span.Select(span => (TimeSpan?)span)))
           from again in Gen.Frequency((2, Gen.Constant(transition == RunStatus.Suspended)), (4, Gen.Constant(false)), (transition is null ? 0 : 1, Gen.Constant(true)))
           from failingSet in Some(Gen.Choose(-1, 3), 2)
           from final in Gen.Frequency((3, Gen.Constant(false)), (transition is RunStatus.Failed or RunStatus.Canceled ? 1 : 0, Gen.Constant(true)))
           from knows in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
           from known in Gen.Frequency((6, Gen.Elements<int?>(null, 0, -1)), (1, Gen.Constant<int?>(1)))
           from effects in ModelMessages.Effects
           from awaits in transition == RunStatus.Suspended ? Gen.Elements<int?>(null, 0, 0, -1) : Gen.Constant<int?>(null)
           from continues in transition == RunStatus.Pending ? Gen.Elements<int?>(null, null, 0, 1) : Gen.Constant<int?>(null)
           from size in s_size
           select (ModelOperation)new CommitOperation
           {
               Run = run,
               EpochOffset = offset,
               Sequences = sequences,
               Cleared = cleared,
               Transition = transition,
               Wait = wait,
               IsNextAttempt = again,
               IsFinal = final,
               KnowsCancellation = knows,
               Known = known,
               FailingSet = transition is null ? [] : failingSet,
               Size = size,
               Effects = effects,
               Awaits = awaits,
               Continues = continues,
           };

    private static Gen<ModelOperation> Decisions()
        => from run in s_run
           from epoch in s_epochOffset
           from attempt in s_epochOffset
           from cleared in Gen.Frequency((2, Gen.Constant<List<int>>([])), (1, Some(Gen.Choose(-1, 3), 2)))
           from outcome in Gen.Elements<int?>(null, -1, -1, 0, 1, 2)
           from size in s_size
           select (ModelOperation)new DecideOperation { Run = run, EpochOffset = epoch, AttemptOffset = attempt, Cleared = cleared, Outcome = outcome, Size = size };

    private static Gen<List<int>> Some(Gen<int> item, int most) => from count in Gen.Choose(0, most) from items in Gen.ListOf(item, count) select items;

    /// <summary>Leaves out halves, quarters and so on down to single operations, then simplifies those that are left.</summary>
    private static IEnumerable<ModelOperation[]> Shorter(ModelOperation[] sequence)
    {
        for (var size = sequence.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < sequence.Length; start += size)
                yield return [.. sequence.Take(start), .. sequence.Skip(start + size)];
        }

        for (var index = 0; index < sequence.Length; index++)
        {
            foreach (var simpler in sequence[index].Simpler())
                yield return [.. sequence.Take(index), simpler, .. sequence.Skip(index + 1)];
        }
    }
}
