using System.Text.Json.Serialization;
using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>Starting runs: guarantee G1.</summary>
public sealed class StartTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly WorkflowDefinition<TestWorkflow.Input, string> _echo;
    private int _bodies;
    private bool _fail;

    public StartTests() => _echo = TestWorkflow.Define("Echo", async (w, input) => await w.StepAsync("body", _ =>
    {
        _bodies++;
        return _fail ? throw new InvalidOperationException("on purpose") : Task.FromResult(input);
    }));

    [Fact]
    public void Starting_twice_with_one_id_runs_once()
    {
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), "run")));
        Assert.Equal(1, _bodies);
    }

    [Fact]
    public void Starting_an_ended_run_again_returns_its_result()
    {
        var client = _simulation.Start(_echo).Client;
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), "run")));
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), "run")));
        Assert.Equal(1, _bodies);
    }

    [Fact]
    public void A_run_is_durable_when_start_returns()
    {
        var run = _simulation.Run(() => _simulation.Client().StartAsync(_echo.Call("x"), "run"));
        Assert.Equal(RunStatus.Pending, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal("run", _simulation.Run(() => _simulation.Store.FindRunAsync("run", CancellationToken.None).AsTask())!.RunId);
    }

    [Fact]
    public void Other_arguments_under_one_id_are_a_conflict()
    {
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        var conflict = Assert.Throws<RunConflictException>(() => _simulation.Run(() => client.StartAsync(_echo.Call("y"), "run")));
        Assert.Equal("Run 'run' exists already with other arguments. Use another run id, or start it with what it was started with.", conflict.Message);
    }

    [Fact]
    public void Another_workflow_under_one_id_is_a_conflict()
    {
        var other = TestWorkflow.Define("Other", _ => Task.FromResult(""));
        var client = _simulation.Start([_echo, other]).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        var conflict = Assert.Throws<RunConflictException>(() => _simulation.Run(() => client.StartAsync(other.Call("x"), "run")));
        Assert.Contains("as a run of workflow 'Echo', not 'Other'", conflict.Message);
    }

    [Fact]
    public void Another_version_of_the_workflow_returns_the_run_that_exists()
    {
        var newer = TestWorkflow.Define("Echo", (_, input) => Task.FromResult(input), version: 2);
        _simulation.Run(() => _simulation.Client(_echo).StartAsync(_echo.Call("x"), "run"));
        var run = _simulation.Run(() => _simulation.Client(_echo, newer).StartAsync(newer.Call("x"), "run"));
        Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Version);
    }

    [Fact]
    public void A_call_starts_the_highest_version_that_is_registered()
    {
        var newer = TestWorkflow.Define("Echo", (_, input) => Task.FromResult($"new {input}"), version: 2);
        var client = _simulation.Start([_echo, newer]).Client;
        Assert.Equal("new x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), "run")));
    }

    [Fact]
    public void A_call_whose_arguments_the_highest_version_cannot_read_starts_nothing_and_says_so()
    {
        var newer = new WorkflowDefinition<WiderInput, string>
        {
            Name = "Echo",
            Version = 2,
            Declaration = "Tests.Echo2 (Durable.Runtime.Tests)",
            CallFactory = "Tests.Echo2Call",
            Json = _echo.Json,
            Body = (_, input, _, _) => ValueTask.FromResult(input.Extra),
            Arguments = TestWorkflow.Payload<WiderInput>(),
            Result = TestWorkflow.Payload<string>(),
        };
        var client = _simulation.Start([_echo, newer]).Client;
        var refused = Assert.Throws<PayloadException>(() => _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run")));
        Assert.StartsWith("A call of workflow 'Echo' starts its highest version, 2, which cannot read the arguments of version 1:", refused.Message);
        Assert.Contains("'Extra'", refused.Message);
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => client.GetRun("run").GetStatusAsync()));
    }

    [Fact]
    public void A_call_that_the_highest_version_no_longer_fits_returns_the_run_that_it_started()
    {
        var newer = TestWorkflow.Define("Echo", (_, _) => Task.FromResult(1), version: 2);
        _simulation.Run(() => _simulation.Client(_echo).StartAsync(_echo.Call("x"), "run"));
        Assert.Equal("x", _simulation.Run(() => _simulation.Start([_echo, newer]).Client.RunAsync(_echo.Call("x"), "run")));
    }

    [Fact]
    public void The_result_of_a_run_of_an_older_version_is_not_read_as_what_the_newer_one_returns()
    {
        var newer = TestWorkflow.Define("Echo", (_, _) => Task.FromResult<object>(1), version: 2);
        _simulation.Run(() => _simulation.Start(_echo).Client.StartAsync(_echo.Call("x"), "run"));
        var mismatch = Assert.Throws<InvalidOperationException>(() => _simulation.Run(() => _simulation.Client(_echo, newer).RunAsync(newer.Call("x"), "run")));
        Assert.Equal("Run 'run' is of workflow 'Echo' (version 1), whose result is not 'System.Object'. Ask for the declared type: Tests.Echo (Durable.Runtime.Tests).", mismatch.Message);
    }

    [Fact]
    public void A_call_whose_highest_version_has_another_result_starts_nothing_and_says_so()
    {
        var newer = TestWorkflow.Define("Echo", (_, _) => Task.FromResult(1), version: 2);
        var client = _simulation.Start([_echo, newer]).Client;
        var refused = Assert.Throws<InvalidOperationException>(() => _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run")));
        Assert.Contains("whose result is another than version 1 has", refused.Message);
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => client.GetRun("run").GetStatusAsync()));
    }

    [Fact]
    public void A_failed_run_is_returned_as_it_is_by_default()
    {
        _fail = true;
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call(), "run"));
        var run = _simulation.Run(() => client.StartAsync(_echo.Call(), "run"));
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal(1, _bodies);
    }

    [Fact]
    public void A_failed_run_is_resumed_where_that_was_asked_for()
    {
        _fail = true;
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        _fail = false;
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), "run", new StartOptions { IfFailed = IfFailed.Resume })));
        Assert.Equal(2, _bodies);
    }

    [Fact]
    public void A_start_that_would_resume_returns_the_run_that_another_start_has_resumed_and_completed_meanwhile()
    {
        _fail = true;
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        _fail = false;
        var other = _simulation.Client(_echo);
        var isFirst = true;
        _simulation.Store.Before = async (verb, _) =>
        {
            if (verb != nameof(IRunStore.ResumeRunAsync) || !isFirst)
                return;
            isFirst = false;
            await other.StartAsync(_echo.Call("x"), "run", new StartOptions { IfFailed = IfFailed.Resume });
            await other.GetRun<string>("run").GetResultAsync();
        };
        var start = _simulation.Begin(() => client.StartAsync(_echo.Call("x"), "run", new StartOptions { IfFailed = IfFailed.Resume }));
        _simulation.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("x", _simulation.Run(async () => await (await start).GetResultAsync()));
    }

    [Fact]
    public void No_id_makes_a_new_run_each_time()
    {
        var client = _simulation.Start(_echo).Client;
        var first = _simulation.Run(() => client.StartAsync(_echo.Call("x")));
        var second = _simulation.Run(() => client.StartAsync(_echo.Call("x")));
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal(2, _bodies);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n")]
    [InlineData("a\0b")]
    public void An_id_that_no_store_can_keep_is_refused_before_any_write(string runId)
    {
        var client = _simulation.Start(_echo).Client;
        Assert.ThrowsAny<ArgumentException>(() => _simulation.Run(() => client.StartAsync(_echo.Call(), runId)));
        Assert.ThrowsAny<ArgumentException>(() => client.GetRun(runId));
        Assert.DoesNotContain(nameof(IRunStore.CreateRunAsync), _simulation.Store.Verbs);
    }

    // Not inline data: the test runner itself cannot keep half of a surrogate pair.
    [Fact]
    public void An_id_with_half_of_a_surrogate_pair_is_refused()
    {
        foreach (var runId in new[] { "\ud800", "x\udc00", "\udc00\ud800", "\ud83d\ude80\ud83d" })
            An_id_that_no_store_can_keep_is_refused_before_any_write(runId);
    }

    [Fact]
    public void An_id_may_have_200_characters_and_no_more()
    {
        var client = _simulation.Start(_echo).Client;
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), new string('i', 200))));
        var refused = Assert.Throws<ArgumentException>(() => _simulation.Run(() => client.StartAsync(_echo.Call("x"), new string('i', 201))));
        Assert.Contains("DurableLimits.MaxRunIdLength", refused.Message);
    }

    [Theory]
    [InlineData("'; DROP TABLE runs; --")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b[c]#1%2F")]
    [InlineData("{0} {RunId} %s")]
    [InlineData("línea\r\nnueva")]
    [InlineData("\ud83d\ude80")]
    [InlineData(" spaced ")]
    public void A_hostile_id_is_an_id_like_any_other(string runId)
    {
        var client = _simulation.Start(_echo).Client;
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), runId)));
        Assert.Equal(runId, _simulation.Run(() => client.GetRun(runId).GetInfoAsync()).RunId);
    }

    [Fact]
    public void Ids_that_differ_in_case_are_two_runs()
    {
        var client = _simulation.Start(_echo).Client;
        Assert.Equal("x", _simulation.Run(() => client.RunAsync(_echo.Call("x"), "run")));
        Assert.Equal("y", _simulation.Run(() => client.RunAsync(_echo.Call("y"), "RUN")));
    }

    [Fact]
    public void Arguments_that_are_too_large_are_refused_when_the_call_is_made()
    {
        var refused = Assert.Throws<PayloadTooLargeException>(() => _echo.Call(new string('x', DurableLimits.MaxPayloadBytes)));
        Assert.Contains("The arguments of workflow 'Echo'", refused.Message);
        Assert.Contains("DurableLimits.MaxPayloadBytes", refused.Message);
    }

    [Fact]
    public void A_call_without_arguments_object_is_refused()
    {
        var client = _simulation.Client();
        Assert.Throws<ArgumentNullException>(() => { _ = client.StartAsync((WorkflowCall)null!, "run"); });
    }

    [Fact]
    public void A_workflow_call_knows_its_workflow_and_its_arguments_as_json()
    {
        var call = _echo.Call("x");
        Assert.Equal(("Echo", "{\"Value\":\"x\"}"), (call.Workflow, System.Text.Encoding.UTF8.GetString(call.Input.Span)));
    }

    private sealed record WiderInput(string Value, [property: JsonRequired] string Extra);
}
