namespace Durable.TestKit.Programs;

/// <summary>A random workflow: steps with and without keys and of several types, loops, plain functions, steps that the run shares, steps with attempts, branches in scopes and in plain local functions, joined by WhenAll and WhenAny. What it does depends on what its steps return.</summary>
public sealed class ConcurrentProgram
{
    private const int MaxDepth = 3;

    private readonly Node _root;

    private ConcurrentProgram(Node root) => _root = root;

    /// <summary>Makes the program of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="mayFail">True for a program whose steps' failures are caught in some places, and end the run where they are not.</param>
    public static ConcurrentProgram Generate(int seed, bool mayFail = false)
    {
        var random = new Random(seed);
        if (mayFail)
            return new ConcurrentProgram(new Sequence([FailingBranches(random, MaxDepth), .. Failing(random, 2)]));
        return new ConcurrentProgram(new Sequence([AnyBranches(random, MaxDepth), .. Many(random, MaxDepth - 1, random.Next(3))]));
    }

    /// <summary>Makes the program of a seed that awaits every step before it calls the next.</summary>
    /// <param name="seed">The seed.</param>
    public static ConcurrentProgram Sequential(int seed)
    {
        var random = new Random(seed);
        return new ConcurrentProgram(new Sequence([.. Enumerable.Range(0, random.Next(3, 7)).Select(_ => InSequence(random, MaxDepth))]));
    }

    /// <summary>Makes the program of a seed whose steps have attempts: retried after short and long delays, run at most once, timed, or failed for good. Whether their bodies fail is not its affair.</summary>
    /// <param name="seed">The seed.</param>
    public static ConcurrentProgram Attempting(int seed)
    {
        var random = new Random(seed);
        return new ConcurrentProgram(new Sequence([.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => AttemptingNode(random, 2))]));
    }

    /// <summary>Makes such a program that awaits every step before it calls the next.</summary>
    /// <param name="seed">The seed.</param>
    public static ConcurrentProgram AttemptingInSequence(int seed)
    {
        var random = new Random(seed);
        return new ConcurrentProgram(new Sequence([.. Enumerable.Range(0, random.Next(3, 6)).Select(_ => AttemptingInSequence(random, 2))]));
    }

    /// <summary>Runs it as workflow code.</summary>
    public async Task<string> RunAsync(WorkflowContext workflow, ProgramTrace trace, ProgramSteps steps)
    {
        trace.Restart();
        steps.Restart();
        var value = await _root.RunAsync(new Frame(workflow, "0", trace, steps));
        return $"{value} after {trace.Lines.Count} lines";
    }

    private static Node Any(Random random, int depth) => random.Next(depth > 0 ? 8 : 4) switch
    {
        4 => new Loop(new Step("count", null), Any(random, depth - 1), random.Next(1, 4)),
        5 => new Sequence(Many(random, depth - 1, random.Next(2, 4))),
        6 or 7 => AnyBranches(random, depth),
        0 => Small(random),
        _ => new Step(random.GetItems(["a", "b", "fails"], 1)[0], AnyKey(random)),
    };

    private static Node Small(Random random) => random.Next(3) switch
    {
        0 => new Plain(random.Next(2) == 0),
        1 => new Once(random.GetItems(["k1", "k2"], 1)[0]),
        _ => new Step(random.GetItems(["number", "money", "text", "list"], 1)[0], AnyKey(random)),
    };

    private static string? AnyKey(Random random) => random.GetItems([null, null, "k1", "k2"], 1)[0];

    private static Branches AnyBranches(Random random, int depth)
        => new(Many(random, depth - 1, random.Next(2, 5)), random.Next(2) == 0, (Join)random.Next(3));

    private static Node[] Many(Random random, int depth, int count) => [.. Enumerable.Range(0, count).Select(_ => Any(random, depth))];

    private static Node InSequence(Random random, int depth) => random.Next(depth > 0 ? 7 : 4) switch
    {
        0 => Small(random),
        1 => new Call("at first", AnyKey(random)),
        4 => new Loop(new Step("count", null), InSequence(random, depth - 1), random.Next(1, 4)),
        5 => new Sequence([InSequence(random, depth - 1), InSequence(random, depth - 1)]),
        6 => new Try(InSequence(random, depth - 1), InSequence(random, depth - 1)),
        _ => new Step(random.GetItems(["a", "b", "fails"], 1)[0], AnyKey(random)),
    };

    private static Branches FailingBranches(Random random, int depth)
        => new(Failing(random, random.Next(2, 5), depth - 1), random.Next(3) > 0, (Join)random.Next(3));

    private static Node[] Failing(Random random, int count, int depth = 1) => [.. Enumerable.Range(0, count).Select(_ => FailingNode(random, depth))];

    private static Node FailingNode(Random random, int depth) => random.Next(depth > 0 ? 6 : 3) switch
    {
        3 => new Sequence(Failing(random, random.Next(2, 4), depth - 1)),
        4 => FailingBranches(random, depth),
        5 => new Try(FailingNode(random, depth - 1), FailingNode(random, depth - 1)),
        0 => random.Next(2) == 0 ? Small(random) : new Call("a", AnyKey(random)),
        _ => new Call(random.GetItems(["a", "b", "at first"], 1)[0], random.GetItems([null, "k1", "k2"], 1)[0]),
    };

    private static Node AttemptingNode(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        5 => new Branches([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => AttemptingNode(random, depth - 1))], inScopes: true, Join.All),
        6 => new Branches([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => AttemptingNode(random, depth - 1))], random.Next(2) == 0, (Join)random.Next(3)),
        _ => AttemptingInSequence(random, depth),
    };

    private static Node AttemptingInSequence(Random random, int depth) => random.Next(depth > 0 ? 7 : 4) switch
    {
        0 => Small(random),
        1 or 2 => new Call(random.GetItems(ProgramAttempts.Names, 1)[0], AnyKey(random)),
        4 => new Sequence([AttemptingInSequence(random, depth - 1), AttemptingInSequence(random, depth - 1)]),
        5 => new Try(AttemptingInSequence(random, depth - 1), AttemptingInSequence(random, depth - 1)),
        _ => new Step(random.GetItems(ProgramAttempts.Names, 1)[0], AnyKey(random)),
    };

    private static bool IsOfStep(DurableException exception) => exception is StepFailedException or StepInterruptedException;

    private enum Join
    {
        All,
        First,
        OneByOne,
    }

    private readonly record struct Frame(WorkflowContext Workflow, string Label, ProgramTrace Trace, ProgramSteps Steps)
    {
        public Frame At(int index) => this with { Label = $"{Label}.{index}" };
    }

    private abstract class Node
    {
        public abstract Task<int> RunAsync(Frame frame);
    }

    private sealed class Step(string name, string? key) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            var value = 0;
            try
            {
                var outcome = await frame.Steps.CallAsync(frame.Workflow, name, frame.Label, key);
                frame.Trace.Delivered(frame.Label, outcome);
                value = outcome.Execution;
            }
            catch (DurableException failure) when (IsOfStep(failure))
            {
                frame.Trace.Add($"{frame.Label}: {failure.Message}");
            }

            // What the context answers is part of what has to repeat.
            frame.Trace.Add($"{frame.Label}: {frame.Workflow.UtcNow.Ticks} {frame.Workflow.NewGuid()} {frame.Workflow.Random.Next(1_000_000)}");
            return value;
        }
    }

    private sealed class Call(string name, string? key) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            var outcome = await frame.Steps.CallAsync(frame.Workflow, name, frame.Label, key);
            frame.Trace.Delivered(frame.Label, outcome);
            return outcome.Execution;
        }
    }

    /// <summary>A step that the run shares: whoever calls it first, all get one outcome.</summary>
    private sealed class Once(string key) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            var label = $"once {key}";
            var outcome = await frame.Steps.CallAsync(frame.Workflow, "once", label, key);
            frame.Trace.Delivered(label, outcome);
            return outcome.Execution;
        }
    }

    /// <summary>A function that is no step: it runs again on each replay.</summary>
    private sealed class Plain(bool yields) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            if (yields)
                await Task.Yield();
            frame.Trace.Add($"{frame.Label}: plain");
            return frame.Label.Length;
        }
    }

    private sealed class Try(Node node, Node fallback) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            try
            {
                return await node.RunAsync(frame.At(0));
            }
            catch (DurableException failure) when (IsOfStep(failure))
            {
                return await frame.Workflow.ScopeAsync("fallback", inner => fallback.RunAsync(frame.At(1) with { Workflow = inner }));
            }
        }
    }

    private sealed class Sequence(Node[] nodes) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            var sum = 0;
            for (var i = 0; i < nodes.Length; i++)
                sum += await nodes[i].RunAsync(frame.At(i));
            return sum;
        }
    }

    private sealed class Loop(Node count, Node body, int max) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            var rounds = await count.RunAsync(frame) % max + 1;
            var sum = 0;
            for (var i = 0; i < rounds; i++)
                sum += await body.RunAsync(frame.At(i));
            return sum;
        }
    }

    private sealed class Branches(Node[] nodes, bool inScopes, Join join) : Node
    {
        public override async Task<int> RunAsync(Frame frame)
        {
            var tasks = nodes.Select((node, i) => inScopes
                ? frame.Workflow.ScopeAsync("branch", inner => node.RunAsync(frame.At(i) with { Workflow = inner }))
                : node.RunAsync(frame.At(i))).ToList();
            switch (join)
            {
                case Join.All:
                    return (await Task.WhenAll(tasks)).Sum();
                case Join.First:
                    return await await FirstAsync(frame, tasks);
                default:
                    var product = 1;
                    for (var left = tasks.ToList(); left.Count > 0;)
                    {
                        var next = await FirstAsync(frame, left, tasks);
                        left.Remove(next);
                        // Depends on the order.
                        product = (product * 31 + await next) % 1009;
                    }

                    return product;
            }
        }

        private static async Task<Task<int>> FirstAsync(Frame frame, List<Task<int>> left, List<Task<int>>? all = null)
        {
            var winner = await Task.WhenAny(left);
            frame.Trace.Add($"{frame.Label}: branch {(all ?? left).IndexOf(winner)} wins");
            return winner;
        }
    }
}
