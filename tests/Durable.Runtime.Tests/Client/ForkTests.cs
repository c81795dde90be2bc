using System.Text;
using Durable.CompilerServices;
using Durable.Execution;
using Durable.Storage;
using Durable.TestKit.Codecs;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Client;

/// <summary>New runs over what another one has recorded. Every run here is unloaded and replayed after each outcome: one that derived other values while it replays copies would diverge.</summary>
public sealed class ForkTests
{
    private static readonly string[] s_steps = ["/Reserve", "/left/Pack", "/right/Pack", "/right/Label", "/Charge", "/Mail"];

    private readonly EngineSimulation _simulation = new();
    private readonly List<string> _bodies = [];
    private readonly List<string> _tokens = [];
    private readonly WorkflowDefinition<TestWorkflow.Input, string> _order;
    private bool _fails;

    public ForkTests() => _order = Order();

    public static TheoryData<string> Steps => [.. s_steps];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_fork_executes_a_step_and_everything_after_it_anew(string step)
    {
        var run = Complete();
        var before = Outcomes(run).TakeWhile(checkpoint => checkpoint.StepId != step).Select(checkpoint => checkpoint.StepId).ToList();
        var expected = _bodies.Except(before).Order().ToList();
        _bodies.Clear();
        var fork = _simulation.Run(() => run.ForkAsync(step, "fork"));
        Assert.Equal(RunStatus.Completed, Status(fork));
        Assert.Equal(expected, _bodies.Order());
        Assert.Equal(s_steps.Order(), Outcomes(fork).Select(checkpoint => checkpoint.StepId).Order());
    }

    [Fact]
    public void A_run_is_restored_at_each_of_its_checkpoints()
    {
        var run = Complete();
        var checkpoints = Checkpoints(run);
        foreach (var last in checkpoints)
        {
            _bodies.Clear();
            var restored = _simulation.Run(() => run.RestoreAsync(last.Sequence, $"restored-{last.Sequence}"));
            Assert.Equal(RunStatus.Completed, Status(restored));
            var copied = checkpoints.Where(checkpoint => checkpoint.Kind == CheckpointKind.Step && checkpoint.Sequence <= last.Sequence).Select(checkpoint => checkpoint.StepId);
            Assert.Equal(s_steps.Except(copied).Order(), _bodies.Order());
            Assert.Equal(Enumerable.Range(1, Checkpoints(restored).Count).Select(sequence => (long)sequence), Checkpoints(restored).Select(checkpoint => checkpoint.Sequence));
        }
    }

    [Fact]
    public void The_original_stays_as_it_is()
    {
        var run = Complete();
        var (result, checkpoints) = (Result(run), Checkpoints(run));
        _simulation.Run(() => run.ForkAsync("/Charge", "fork"));
        Assert.Equal(result, Result(run));
        Assert.Equal(checkpoints.Select(checkpoint => (checkpoint.Sequence, checkpoint.StepId, checkpoint.Status, checkpoint.Epoch)), Checkpoints(run).Select(checkpoint => (checkpoint.Sequence, checkpoint.StepId, checkpoint.Status, checkpoint.Epoch)));
    }

    [Fact]
    public void Guids_and_random_numbers_are_the_originals_before_the_fork_and_new_behind_it()
    {
        var original = Result(Complete()).Split(' ');
        var fork = Result(_simulation.Run(() => Run().ForkAsync("/Charge", "fork"))).Split(' ');
        // Reserve was called with what was derived first, and its copy holds that.
        Assert.Equal(original[0], fork[0]);
        Assert.NotEqual(original[1], fork[1]);
        Assert.Equal(3, original.Length);
        Assert.NotEqual(original[2], fork[2]);
    }

    [Fact]
    public void New_work_has_its_own_idempotency_tokens()
    {
        var run = Complete();
        _simulation.Run(() => run.ForkAsync("/Reserve", "fork"));
        Assert.Equal(2 * s_steps.Length, _tokens.Distinct().Count());
    }

    [Fact]
    public void A_fork_of_a_fork_replays_what_each_of_them_derived()
    {
        var run = Complete();
        _simulation.Advance(TimeSpan.FromHours(1));
        var second = _simulation.Run(() => run.ForkAsync("/right/Label", "second"));
        _simulation.Advance(TimeSpan.FromHours(1));
        var third = _simulation.Run(() => second.ForkAsync("/Mail", "third"));
        // Before the note that the second begins behind: what is copied of it came from the first.
        var fourth = _simulation.Run(() => third.ForkAsync("/left/Pack", "fourth"));
        var fifth = _simulation.Run(() => fourth.RestoreAsync(Checkpoints(fourth).Count, "fifth"));
        Assert.All((RunHandle<string>[])[second, third, fourth, fifth], fork => Assert.Equal(RunStatus.Completed, Status(fork)));
        Assert.All((RunHandle<string>[])[second, third, fourth, fifth], fork => Assert.Equal(Result(run).Split(' ')[0], Result(fork).Split(' ')[0]));
        Assert.Equal([("second", "run"), ("third", "second"), ("fourth", "third"), ("fifth", "fourth")], _simulation.Run(async () =>
        {
            var notes = new List<(string, string)>();
            foreach (var id in (string[])["second", "third", "fourth", "fifth"])
                notes.Add((id, ForkNote.Read((await _simulation.Store.ReadCheckpointsAsync(id, default)).Last(checkpoint => checkpoint.Kind == CheckpointKind.RunForked)).From));
            return notes;
        }));
        Assert.Equal(5, new[] { run, second, third, fourth, fifth }.Select(fork => Result(fork).Split(' ')[2]).Distinct().Count());
    }

    [Fact]
    public void The_time_that_the_code_began_is_the_originals_while_it_replays_copies()
    {
        var workflow = TestWorkflow.Define("Timed", async w =>
        {
            var begun = $"{w.UtcNow:O}";
            return begun + await Step("Reserve").CallAsync(begun) + await Step("Mail").CallAsync(begun);
        }, isSequential: true, awaitsOnlyDurableWork: true);
        var run = Start(workflow);
        _simulation.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Result(run)[..20], Result(_simulation.Run(() => run.ForkAsync("/Mail", "fork")))[..20]);
        Assert.NotEqual(Result(run)[..20], Result(_simulation.Run(() => run.ForkAsync("/Reserve", "anew")))[..20]);
    }

    [Fact]
    public void Steps_that_had_the_run_id_as_an_argument_keep_their_copied_outcomes()
    {
        var workflow = TestWorkflow.Define("Named", async w => await Step("Reserve").CallAsync(w.RunId) + await Step("Mail").CallAsync(w.RunId), isSequential: true, awaitsOnlyDurableWork: true);
        var run = Start(workflow);
        _bodies.Clear();
        var fork = _simulation.Run(() => run.ForkAsync("/Mail", "fork"));
        Assert.Equal(RunStatus.Completed, Status(fork));
        Assert.Equal(["/Mail"], _bodies);
    }

    [Fact]
    public void A_copied_interruption_has_the_token_that_its_body_had()
    {
        var holds = new Workers.Gate();
        var charge = TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            await holds.PassAsync();
            return "";
        }, retry: null, StepMode.AtMostOnce);
        var workflow = TestWorkflow.Define("Order", async _ =>
        {
            try
            {
                return await charge.CallAsync("x");
            }
            catch (StepInterruptedException interruption)
            {
                return $"{interruption.IdempotencyToken} {await Step("Mail").CallAsync("x")}";
            }
        }, isSequential: true, awaitsOnlyDurableWork: true);
        var host = Host(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Kill(host);
        _simulation.PassLeases();
        var run = Host(workflow).Client.GetRun<string>("run");
        Assert.Equal(Result(run), Result(_simulation.Run(() => run.ForkAsync("/Mail", "fork"))));
        Assert.StartsWith($"{NameBasedGuid.Create("run", "/Charge")}", Result(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_beginning_that_has_no_end_among_the_copies_is_no_interruption()
    {
        var run = Complete();
        // The charge begins in the checkpoint before its outcome.
        var started = Checkpoints(run).Single(checkpoint => checkpoint.Kind == CheckpointKind.StepStarted);
        _bodies.Clear();
        var fork = _simulation.Run(() => run.RestoreAsync(started.Sequence, "fork"));
        Assert.Equal(RunStatus.Completed, Status(fork));
        Assert.Contains("/Charge", _bodies);
        Assert.Equal(CheckpointStatus.Cleared, Checkpoints(fork)[(int)started.Sequence - 1].Status);
    }

    [Fact]
    public void A_failed_run_is_forked_at_a_step_before_its_failure()
    {
        _fails = true;
        var run = Start(_order);
        Assert.Equal(RunStatus.Failed, Status(run));
        _fails = false;
        Assert.Equal(RunStatus.Completed, Status(_simulation.Run(() => run.ForkAsync("/Mail", "fork"))));
        Assert.Equal(RunStatus.Failed, Status(run));
    }

    [Fact]
    public void A_run_that_goes_on_is_forked_as_it_stands()
    {
        var gate = new Workers.Gate();
        var workflow = TestWorkflow.Define("Held", async w =>
        {
            var reserved = await Step("Reserve").CallAsync("x");
            if (w.RunId == "run")
                await w.StepAsync("Hold", async _ => await gate.PassAsync());
            return reserved;
        });
        var run = Start(workflow);
        Assert.Equal(RunStatus.Running, Status(run));
        _bodies.Clear();
        Assert.Equal("Reserve", Result(_simulation.Run(() => run.RestoreAsync(1, "fork"))));
        Assert.Empty(_bodies);
    }

    [Fact]
    public void Forking_to_the_same_run_id_again_gets_the_run_that_exists()
    {
        var run = Complete();
        var first = _simulation.Run(() => run.ForkAsync("/Charge", "fork"));
        _bodies.Clear();
        var second = _simulation.Run(() => run.ForkAsync("/Charge", "fork"));
        Assert.Equal((first.RunId, Result(first)), (second.RunId, Result(second)));
        Assert.Empty(_bodies);
    }

    [Fact]
    public void A_run_id_that_belongs_to_another_run_is_a_conflict()
    {
        var run = Complete();
        _simulation.Run(() => run.ForkAsync("/Charge", "fork"));
        Assert.Throws<RunConflictException>(() => _simulation.Run(() => run.ForkAsync("/Mail", "fork")));
        Assert.Throws<RunConflictException>(() => _simulation.Run(() => run.RestoreAsync(1, "fork")));
        Assert.Throws<RunConflictException>(() => _simulation.Run(() => run.ForkAsync("/Charge", "run")));
    }

    [Fact]
    public void Without_a_run_id_each_fork_is_a_new_run()
    {
        var run = Complete();
        Assert.NotEqual(_simulation.Run(() => run.ForkAsync("/Mail")).RunId, _simulation.Run(() => run.ForkAsync("/Mail")).RunId);
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        var run = Complete();
        Assert.Equal("/Chrage", Assert.Throws<StepNotFoundException>(() => _simulation.Run(() => run.ForkAsync("/Chrage"))).StepId);
        Assert.Throws<ArgumentOutOfRangeException>(() => _simulation.Run(() => run.RestoreAsync(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _simulation.Run(() => run.RestoreAsync(Checkpoints(run).Count + 1)));
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => _simulation.Client(_order).GetRun("other").ForkAsync("/Mail")));
        Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.ForkAsync("/Mail", " ")));
    }

    [Fact]
    public void A_plain_handle_forks_too()
    {
        Complete();
        var fork = _simulation.Run(() => _simulation.Client(_order).GetRun("run").ForkAsync("/Mail", "fork"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(RunStatus.Completed, Status(fork));
    }

    [Fact]
    public void A_fork_takes_over_what_an_operator_decided()
    {
        _fails = true;
        var run = Start(_order);
        _simulation.Run(() => run.CompleteStepAsync("/Mail", "by hand"));
        Assert.Equal(RunStatus.Completed, Status(run));
        _bodies.Clear();
        Assert.Equal(RunStatus.Completed, Status(_simulation.Run(() => run.RestoreAsync(Checkpoints(run).Count, "fork"))));
        Assert.Empty(_bodies);
    }

    [Fact]
    public void Encoded_payloads_are_bound_to_the_new_run()
    {
        var simulation = new EngineSimulation(store: inner => EncodedStore.Around(new TestKit.KeptStore(inner)));
        var host = simulation.Start(_order, services: services => services.AddSingleton(new ForcedReplay(1)));
        var run = simulation.Run(() => host.Client.StartAsync(_order.Call("in"), "run"));
        var fork = simulation.Run(() => run.ForkAsync("/Charge", "fork"));
        Assert.Equal(simulation.Run(() => run.GetResultAsync()).Split(' ')[0], simulation.Run(() => fork.GetResultAsync()).Split(' ')[0]);
    }

    [Fact]
    public void What_cannot_be_decoded_is_not_copied()
    {
        IRunStore? inner = null;
        var simulation = new EngineSimulation(store: store => EncodedStore.Around(new TestKit.KeptStore(inner = store), new SealCodec(1)));
        var host = simulation.Start(_order);
        simulation.Run(() => host.Client.StartAsync(_order.Call(), "run"));
        var other = new EngineSimulation(store: _ => EncodedStore.Around(new TestKit.KeptStore(inner!), new SealCodec(2)));
        var client = other.Client(_order);
        Assert.Throws<PayloadCodecException>(() => other.Run(() => client.GetRun("run").ForkAsync("/Mail", "fork")));
    }

    [Fact]
    public void The_export_shows_where_a_run_comes_from()
    {
        var fork = _simulation.Run(() => Complete().ForkAsync("/Charge", "fork"));
        var document = new MemoryStream();
        _simulation.Run(() => fork.ExportAsync(document));
        var text = Encoding.UTF8.GetString(document.ToArray());
        Assert.Contains("\"kind\": \"RunForked\"", text);
        Assert.Contains("\"from\":\"run\"", text);
        Assert.Contains("\"step\":\"/Charge\"", text);
    }

    private RunHandle<string> Complete()
    {
        var run = Start(_order);
        Assert.Equal(RunStatus.Completed, Status(run));
        return run;
    }

    private RunHandle<string> Run() => _simulation.Client(_order).GetRun<string>("run");

    private RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = Host(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private DurableHost Host(WorkflowDefinition workflow) => _simulation.Start(workflow, services: services => services.AddSingleton(new ForcedReplay(1)));

    private string Result(RunHandle<string> run)
    {
        _simulation.Advance(TimeSpan.FromSeconds(2));
        return _simulation.Run(() => run.GetResultAsync());
    }

    private RunStatus Status(RunHandle run) => _simulation.Run(() => run.GetStatusAsync());

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private IEnumerable<Checkpoint> Outcomes(RunHandle run) => Checkpoints(run).Where(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: not CheckpointStatus.Cleared });

    private StepDefinition<TestStep.Arguments<string>, string> Step(string name, StepMode mode = StepMode.AtLeastOnce) => TestStep.Define<string, string>(name, (argument, step) =>
    {
        _bodies.Add(step.StepId);
        _tokens.Add($"{step.IdempotencyToken}");
        return name == "Mail" && _fails ? throw new IOException("down") : Task.FromResult(name == "Reserve" && argument.Length > 1 ? argument : name);
    }, retry: null, mode);

    // Two branches, a charge that runs at most once, and values that are derived at the beginning, in a branch, and at the end.
    private WorkflowDefinition<TestWorkflow.Input, string> Order()
    {
        var mail = Step("Mail");
        return TestWorkflow.Define("Order", async w =>
        {
            var first = $"{w.NewGuid()}/{w.Random.Next(1_000_000)}";
            var reserved = await Step("Reserve").CallAsync(first);
            await Task.WhenAll(
                w.ScopeAsync("left", async scope => await Step("Pack").CallAsync($"{scope.NewGuid()}")),
                w.ScopeAsync("right", async scope =>
                {
                    await Step("Pack").CallAsync($"{scope.Random.Next(1_000_000)}");
                    await Step("Label").CallAsync(first);
                    return true;
                }));
            await Step("Charge", StepMode.AtMostOnce).CallAsync($"{w.Random.Next(1_000_000)}");
            await mail.CallAsync(first);
            return $"{reserved} {w.NewGuid()} {w.Random.Next(1_000_000)}";
        }, awaitsOnlyDurableWork: true, steps: mail);
    }
}
