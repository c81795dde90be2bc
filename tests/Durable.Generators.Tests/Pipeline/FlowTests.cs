namespace Durable.Generators.Tests.Pipeline;

/// <summary>What the generator proves of a workflow's code, and what it does not: a wrong proof would quarantine a sound run.</summary>
public sealed class FlowTests
{
    private const string Both = "sequential, durable";
    private const string Sequential = "sequential";
    private const string Durable = "durable";
    private const string Neither = "";

    public static TheoryData<string, string> Bodies => new()
    {
        // Nothing but awaited steps.
        { Both, "return 1;" },
        { Both, "await A(1); for (var i = 0; i < 3; i++) await A(i); return (await A(2)) + await A(3).ConfigureAwait(true);" },
        { Both, "try { return await A(1); } catch (StepFailedException) { return await (A(2)); }" },
        { Both, "await V(1); return await V(2).AsTask();" },
        { Both, "await Shared.StaticStep(1); return await shared.Count(\"a\");" },
        // Helpers in the same type, async or handing the task on.
        { Both, "return await Helper(1);" },
        { Both, "return await Chain(1);" },
        { Both, "return await Recursive(3) + Plain(1);" },
        { Both, "return await WithContext(workflow);" },
        { Both, "return await StaticHelper(this);" },
        // Inline steps and scopes: a step's body is not workflow code, a branch is.
        { Both, "return await workflow.StepAsync(\"x\", async ct => { await Task.Yield(); await Foreign(); return 1; });" },
        { Both, "return await workflow.ScopeAsync(\"s\", async scope => { await A(1); return await A(2); });" },
        { Both, "return await workflow.ScopeAsync(\"s\", scope => A(1));" },
        { Both, "return await workflow.Shield(\"s\", async scope => { await A(1); return await A(2); });" },
        { Both, "workflow.Compensate(\"c\", _ => A(1)); return await A(2);" },
        { Both, "workflow.Compensate(\"c\", async _ => { await A(1); await A(2); }); return await A(2);" },
        { Durable, "workflow.Compensate(\"c\", _ => Task.WhenAll(A(1), A(2))); return await A(2);" },
        { Sequential, "workflow.Compensate(\"c\", async _ => { await Foreign(); await A(2); }); return await A(2);" },
        { Durable, "return (await workflow.ScopeAsync(\"s\", scope => Task.WhenAll(A(1), A(2))))[0];" },
        { Sequential, "await workflow.ScopeAsync(\"s\", _ => Foreign()); return await A(1);" },
        { Both, "return await workflow.ScopeAsync(\"s\", WithContext);" },
        { Durable, "return (await workflow.ScopeAsync(\"s\", Pair))[0];" },
        { Sequential, "workflow.Compensate(\"c\", _ => Foreign()); return await A(2);" },
        // Loops: getting the next item is a step, what is done with it is a branch.
        { Both, "await workflow.ForEachAsync<int, int>(\"l\", 0, async (at, _) => { await Foreign(); return new NextItem<int, int>(at, at + 1); }, (_, item) => A(item)); return await A(1);" },
        { Sequential, "await workflow.ForEachAsync<int, int>(\"l\", 0, (at, _) => Task.FromResult<NextItem<int, int>?>(null), async (_, item) => { await Foreign(); await A(item); }); return await A(1);" },
        { Durable, "await workflow.ForEachAsync<int, int>(\"l\", 0, next: (at, _) => Task.FromResult<NextItem<int, int>?>(null), body: (_, item) => Task.WhenAll(A(item), A(2))); return await A(1);" },
        { Both, "return (await workflow.WaitUntilAsync(\"p\", _ => A(1), found => found > 1, new PollStrategy { Interval = TimeSpan.FromMinutes(1) })).Value;" },
        { Sequential, "await workflow.WaitUntilAsync(\"p\", async _ => { await Foreign(); return await A(1); }, found => found > 1, new PollStrategy { Interval = TimeSpan.FromMinutes(1) }); return 1;" },
        // Branches beside each other.
        { Durable, "return (await workflow.MapAsync(new[] { 1, 2 }, i => $\"{i}\", (_, i) => A(i))).Results[0];" },
        { Durable, "await workflow.MapAsync(new[] { 1, 2 }, i => $\"{i}\", async (inner, i) => { await A(i); await inner.StepAsync(\"x\", _ => Foreign()); }, new MapOptions { MaxConcurrency = 1 }); return 1;" },
        { Durable, "await workflow.MapAsync(key: i => $\"{i}\", body: (_, i) => Task.WhenAll(A(i), A(2)), items: new[] { 1, 2 }); return 1;" },
        { Durable, "await workflow.MapAsync(new[] { 1, 2 }, i => $\"{i}\", (inner, i) => inner.MapAsync(new[] { 3 }, n => $\"{n}\", (_, n) => A(n))); return 1;" },
        { Durable, "await workflow.MapAsync(new[] { 1, 2 }, Key, Branch); return 1;" },
        { Durable, "async Task<int> Local(WorkflowContext inner, int x) => await A(x); await workflow.MapAsync(new[] { 1, 2 }, Key, Local); return 1;" },
        { Durable, "return (await workflow.ParallelAsync<int>([new(\"a\", _ => A(1)), new(\"b\", WithContext)])).Results[0];" },
        { Durable, "await workflow.ParallelAsync([new ParallelBranch(\"a\", async _ => await A(1)), new ParallelBranch(\"b\", _ => A(1))], new MapOptions()); return 1;" },
        { Durable, "await workflow.ParallelAsync(new[] { 1, 2 }.Select(i => new ParallelBranch($\"{i}\", _ => A(i))).ToArray()); return 1;" },
        { Neither, "await workflow.MapAsync(new[] { 1, 2 }, Key, async (_, i) => { await Foreign(); await A(i); }); return 1;" },
        { Neither, "await workflow.MapAsync(new[] { 1, 2 }, Key, (_, i) => service.RunAsync()); return 1;" },
        { Neither, "await workflow.MapAsync(new[] { 1, 2 }, Key, Away); return 1;" },
        { Neither, "Func<WorkflowContext, int, Task> later = (_, i) => A(i); await workflow.MapAsync(new[] { 1, 2 }, Key, later); return 1;" },
        { Neither, "await workflow.ParallelAsync([new(\"a\", _ => A(1)), new(\"b\", _ => Foreign())]); return 1;" },
        { Neither, "await workflow.ParallelAsync(branches); return 1;" },
        // An answer is there at once: nothing is awaited.
        { Both, "if (workflow.Patched(\"p\")) await A(1); return await A(2);" },
        { Both, "return workflow.Patched(\"p\") ? await A(1) : await A(2);" },
        // Concurrent, but durable.
        { Durable, "var a = A(1); var b = A(2); return await a + await b;" },
        { Durable, "return (await Task.WhenAll(A(1), A(2)))[0];" },
        { Durable, "return (await Task.WhenAll(new[] { 1, 2 }.Select(i => A(i))))[0];" },
        { Durable, "return (await Task.WhenAll(new[] { 1, 2 }.Select(A)))[0];" },
        { Durable, "return (await Task.WhenAll(new[] { 1, 2 }.Select(async i => { await A(i); return await A(i); }).ToArray()))[0];" },
        { Durable, "var all = new[] { 1, 2 }.Select(i => A(i)).ToList(); while (all.Count > 0) { var one = await Task.WhenAny(all); all.Remove(one); await one; } return 1;" },
        { Durable, "var all = new List<Task<int>>(); for (var i = 0; i < 3; i++) all.Add(A(i)); await Task.WhenAll(all); foreach (var one in all) await one; return 1;" },
        { Durable, "Task<int>[] all = [A(1), A(2)]; await Task.WhenAll(all); return 1;" },
        { Durable, "return await await Task.WhenAny(A(1), A(2));" },
        { Durable, "async Task<int> Local() => await A(1); return await Local();" },
        { Durable, "Func<Task<int>> later = async () => await A(1); return 1;" },
        { Durable, "Task<int> a; if (workflow.Attempt > 1) a = A(1); else a = A(2); return await a;" },
        { Durable, "_ = A(1); return 1;" },
        { Durable, "return Starts + await A(1);" },
        { Durable, "return new Starter(shared).X + await A(1);" },
        { Both, "return Computed + new Plain(1).Twice + await A(1);" },
        { Durable, "Drop(); return await A(1);" },
        { Neither, "return await await Nested();" },
        { Durable, "Fire(); return await A(1);" },
        { Durable, "var list = new List<int> { 1 }; list.ForEach(i => A(i)); return 1;" },
        // Foreign work is awaited, by code that knows nothing of Durable.
        { Sequential, "await Task.Yield(); return await A(1);" },
        { Sequential, "await Task.Delay(1); return await A(1);" },
        { Sequential, "await Task.WhenAll(Task.Delay(1)); return await A(1);" },
        { Sequential, "var t = Task.Delay(1); await t; return await A(1);" },
        { Sequential, "await Foreign(); return 1;" },
        { Sequential, "await foreach (var x in Stream()) { } return 1;" },
        { Sequential, "await using var x = new System.IO.MemoryStream(); return await A(1);" },
        // Foreign and concurrent.
        { Neither, "var a = A(1); await Task.Yield(); return await a;" },
        { Neither, "return await await Task.WhenAny(A(1), Task.FromException<int>(new Exception()));" },
        { Neither, "var all = new List<Task> { A(1) }; all.Add(Task.Delay(1)); await Task.WhenAll(all); return 1;" },
        { Neither, "var all = new List<Task> { A(1) }; Fill(all); await Task.WhenAll(all); return 1;" },
        { Neither, "var a = A(1); Task<int> b; (a, b) = (Task.FromException<int>(new Exception()), a); return await a;" },
        { Neither, "var a = A(1); ref var other = ref a; other = Task.FromException<int>(new Exception()); return await a;" },
        { Sequential, "await Same(Task.Delay(1)); return await A(1);" },
        { Sequential, "return (await Task.WhenAll(new[] { 1, 2 }.Select(i => Same(Task.FromException<int>(new Exception())))))[0];" },
        { Neither, "Task<int> task = service.RunAsync(); return await task;" },
        { Neither, "var x = from i in new[] { 1 } select A(i); foreach (var t in x) await t; return 1;" },
        { Neither, "var a = A(1); Swap(ref a); return await a;" },
        { Neither, "async Task<int> Local() => await A(1); Task<int> Other() => Local(); return await Other();" },
        // Steps that are executed by hand.
        { Both, "var g = await workflow.AcquireStepAsync<int>(\"g\"); return g.IsRecorded ? g.Result : await g.CompleteAsync(1);" },
        { Both, "var g = await workflow.AcquireStepAsync(\"g\"); if (g.ShouldExecute) { await g.CompleteAsync(); } return await A(1);" },
        { Both, "var g = await workflow.AcquireStepAsync(\"g\"); if (g.ShouldExecute) await g.FailAsync(\"no\"); return 1;" },
        { Sequential, "var g = await workflow.AcquireStepAsync<int>(\"g\"); if (g.IsRecorded) return g.Result; await Task.Delay(1); return await g.CompleteAsync(1);" },
        { Durable, "var one = workflow.AcquireStepAsync<int>(\"g\"); var two = A(1); await Task.WhenAll(one, two); return 1;" },
        // Waits, children and what is shown: durable calls like steps.
        { Both, "await workflow.SleepAsync(TimeSpan.FromHours(1), \"night\"); await workflow.SleepUntilAsync(default); return await A(1);" },
        { Both, "var order = await GoAsync(); var late = await GoAsync(TimeSpan.FromHours(1)); return order + (late.IsTimedOut ? 0 : late.Value);" },
        { Both, "await Ready(); if ((await Ready(TimeSpan.FromHours(1))).IsTimedOut) return 0; return await shared.Opened();" },
        { Both, "return await workflow.WaitForSignalAsync<int>(\"go\") + (await workflow.WaitForSignalAsync<int>(\"go\", TimeSpan.FromHours(1))).Value;" },
        { Both, "return await workflow.RequestAsync<string, int>(\"ask\", \"how many?\") + (await workflow.RequestAsync<string, int>(\"ask\", \"now?\", TimeSpan.FromHours(1))).Value;" },
        { Both, "await workflow.SignalAsync(\"other\", GoSignal(1)); await workflow.PublishAsync(\"key\", 1); await workflow.AppendAsync(\"stream\", \"item\"); workflow.SetStatus(\"half\", 0.5); return 1;" },
        { Both, "return await Shared.Child(1) + await workflow.RunChildAsync(Shared.ChildCall(1)) + await (await workflow.StartChildAsync(Shared.ChildCall(2))).GetResultAsync();" },
        { Both, "var child = await workflow.StartChildAsync(Shared.ChildCall(2)); await A(1); return await child.GetResultAsync();" },
        { Durable, "var one = await workflow.StartChildAsync(Shared.ChildCall(1)); var two = await workflow.StartChildAsync(Shared.ChildCall(2)); return (await Task.WhenAll(one.GetResultAsync(), two.GetResultAsync()))[0];" },
        { Durable, "var all = await Task.WhenAll(new[] { 1, 2 }.Select(i => workflow.StartChildAsync(Shared.ChildCall(i)))); await Task.WhenAll(all.Select(one => one.GetResultAsync())); return 1;" },
        { Both, "var one = await workflow.RunChildAsync(global::Acme.Shared.ChildCall(1, note: \"x\")); return int.Parse(one.ToString()) + await Deep(workflow);" },
        { Sequential, "var one = await workflow.RunChildAsync(Shared.ChildCall(1)); await Task.Delay(one); return 1;" },
        { Neither, "return await workflow.RunChildAsync(await service.HideAsync());" },
        { Durable, "var sleep = workflow.SleepAsync(TimeSpan.FromHours(1)); await Task.WhenAny(sleep, A(1)); return 1;" },
        { Durable, "var go = GoAsync(); var a = A(1); return await await Task.WhenAny(go, a);" },
        { Durable, "return (await Task.WhenAll(Shared.Child(1), Shared.Child(2)))[0];" },
        { Durable, "return (await Task.WhenAll(new[] { 1, 2 }.Select(x => Shared.Child(x))))[0];" },
        { Sequential, "await workflow.SleepAsync(TimeSpan.FromHours(1)); await Task.Delay(1); return await GoAsync();" },
        { Neither, "var go = GoAsync(); await Task.Yield(); return await go;" },
        // Code that is not seen: it might start steps.
        { Neither, "return await service.RunAsync();" },
        { Neither, "return await Overridable(1);" },
        { Neither, "return await field();" },
        { Neither, "return await Pending;" },
        { Durable, "Console.WriteLine(this); return await A(1);" },
        { Durable, "Console.WriteLine(workflow); return await A(1);" },
        { Durable, "var copy = workflow; return await A(1);" },
    };

    // One compilation of all: each case is a type of its own.
    private static readonly Lazy<Generation> s_generation = new(() => Generation.Of(Common + string.Concat(Bodies.Select((row, i) => Type(i, (string)row[1])))).Compiles());

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Is_proven(string proof, string body)
    {
        var text = s_generation.Value.Files[$"Acme.Flow{Bodies.ToList().FindIndex(row => (string)row[1] == body)}.g.cs"];
        var proven = new[] { (Sequential, "IsSequential = true"), (Durable, "AwaitsOnlyDurableWork = true") }.Where(flag => text.Contains(flag.Item2)).Select(flag => flag.Item1);
        Assert.Equal(proof, string.Join(", ", proven));
    }

    private const string Common = """
        namespace Acme;
        public partial class Shared
        {
            [Step] public partial Task<int> Count(string name);
            [Step] public static partial Task<int> StaticStep(int x);
            private int CountCore(string name) => 1;
            private static int StaticStepCore(int x) => x;
            [Signal] public partial Task<int> Opened();
            [Workflow] public static partial Task<int> Child(int x, string? note = null, CancellationToken token = default);
            [Workflow("Shared.Named")] public static partial Task<int> Child(string x);
            private static int ChildCore(string x) => x.Length;
            private static int ChildCore(int x, string? note, CancellationToken token) => x;
        }
        public sealed record Plain(int X) { public int Twice => 2 * X; }
        public sealed class Starter { public Starter(Shared shared) => shared.Count("x"); public int X => 1; }
        public interface IService { Task<int> RunAsync(); Task<WorkflowCall<int>> HideAsync(); }
        // The bodies below are what a proof has to cope with: without await, not awaited, with fields that nobody sets.
        #pragma warning disable CS1998, CS4014, CS0649, CS0169, IDE0051

        """;

    private static string Type(int number, string body) => $$"""
        public partial class Flow{{number}}(Shared shared, IService service)
        {
            private Func<Task<int>> field = () => Task.FromResult(service.GetHashCode() + shared.GetHashCode());
            private Task<int> Pending => A(1);
            [Workflow] public partial Task<int> Run();
            [Step] private partial Task<int> A(int x);
            [Step] private partial ValueTask<int> V(int x);
            [Signal] private partial Task<int> GoAsync();
            [Signal] private partial Task<WaitResult<int>> GoAsync(TimeSpan limit);
            [Signal] private static partial ValueTask Ready();
            [Signal] private static partial ValueTask<WaitResult> Ready(TimeSpan limit);
            private async Task<int> RunCore(WorkflowContext workflow) { {{body}} }
            private int ACore(int x) => x;
            private int VCore(int x) => x;
            private async Task<int> Helper(int x) { await A(x); return await A(x + 1); }
            private Task<int> Chain(int x) => Handed(x);
            private Task<int> Handed(int x) { if (x > 1) return A(2); return A(x); }
            private async Task<int> Recursive(int x) => x == 0 ? 0 : await A(x) + await Recursive(x - 1);
            private ParallelBranch[] branches = [];
            private static string Key(int x) => $"{x}";
            private async Task<int> Branch(WorkflowContext context, int x) => await A(x);
            private async Task Away(WorkflowContext context, int x) { await Foreign(); await A(x); }
            private Task<int[]> Pair(WorkflowContext context) => Task.WhenAll(A(1), A(2));
            private static async Task<int> Deep(WorkflowContext context) { await context.SignalAsync("other", GoSignal(1)); return (await context.RunChildAsync(Shared.ChildCall(2))) * 2; }
            private static T Same<T>(T value) => value;
        private async void Fire() => await A(1);
        private void Drop() => A(1);
        private async Task<Task<int>> Nested() { await A(1); return A(2); }
        private int Starts { get { _ = A(1); return 1; } }
        private int Computed => Plain(1);
        private int Plain(int x) => x + 1;
            private async Task<int> WithContext(WorkflowContext context) => await context.StepAsync("x", _ => Task.FromResult(1));
            private static async Task<int> StaticHelper(Flow{{number}} flow) => await flow.A(1);
            protected virtual async Task<int> Overridable(int x) => await A(x);
            private static async Task Foreign() => await Task.Yield();
            private static async IAsyncEnumerable<int> Stream() { yield return 1; }
            private static void Fill(List<Task> all) => all.Add(Task.CompletedTask);
            private static void Swap(ref Task<int> a) => a = Task.FromResult(1);
        }

        """;
}
