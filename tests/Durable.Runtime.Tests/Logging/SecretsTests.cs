using System.Text.Json.Serialization;
using Durable.CompilerServices;
using Durable.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Logging;

/// <summary>A secret in what users pass, return, throw or store appears in no log line at any level: not in its text, its scopes, its exception.</summary>
public sealed class SecretsTests
{
    private const string Secret = "hunter2-4711";
    private readonly EngineSimulation _simulation = new();

    [Fact]
    public void No_line_of_a_run_that_completes_shows_arguments_or_results()
    {
        var step = TestStep.Define<string, string>("login", (password, _) => Task.FromResult(password + "!"));
        var workflow = TestWorkflow.Define("Login", (_, input) => step.CallAsync(input));
        Assert.Equal(Secret + "!", _simulation.Run(() => Start(workflow).Client.RunAsync(workflow.Call(Secret), "run")));
        AssertSilent(1101);
    }

    [Fact]
    public void No_line_of_a_failure_shows_the_message_of_an_exception()
    {
        var workflow = TestWorkflow.Define("Login", (w, input) => w.StepAsync("login", _ => Task.FromException<string>(new InvalidOperationException(input, new InvalidOperationException(input)))));
        _simulation.Run(() => Start(workflow).Client.StartAsync(workflow.Call(Secret), "run"));
        AssertSilent(1102);
    }

    [Fact]
    public void No_line_of_a_workflows_own_failure_shows_its_message()
    {
        var workflow = TestWorkflow.Define("Login", (_, input) => Task.FromException<string>(new InvalidOperationException(input)));
        _simulation.Run(() => Start(workflow).Client.StartAsync(workflow.Call(Secret), "run"));
        AssertSilent(1102);
    }

    [Fact]
    public void No_line_of_a_replay_shows_results()
    {
        var fail = true;
        var workflow = TestWorkflow.Define("Login", async (w, input) =>
        {
            var result = await w.StepAsync("login", _ => Task.FromResult(input));
            return fail ? throw new InvalidOperationException(result) : result;
        });
        var run = _simulation.Run(() => Start(workflow).Client.StartAsync(workflow.Call(Secret), "run"));
        fail = false;
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal(Secret, _simulation.Run(() => run.GetResultAsync()));
        AssertSilent(1201);
    }

    [Theory, InlineData("build-1", 1103), InlineData("build-2", 1204)]
    public void No_line_about_changed_arguments_shows_them(string build, int expectedLine)
    {
        var step = TestStep.Define<string, string>("login", (password, _) => Task.FromResult(password));
        var workflow = TestWorkflow.Define("Login", async (w, input) =>
        {
            await step.CallAsync(input);
            return await w.StepAsync<string>("stuck", _ => new TaskCompletionSource<string>().Task);
        });
        var crashed = Start(workflow, new ManualClock());
        _simulation.Run(() => crashed.Client.StartAsync(workflow.Call(Secret), "run"));
        _simulation.PassLeases();
        _simulation.Start(TestWorkflow.Define("Login", async (w, input) =>
        {
            await step.CallAsync(input + "-edited");
            return await w.StepAsync("stuck", _ => Task.FromResult(""));
        }), options => options.BuildId = build);
        AssertSilent(expectedLine);
    }

    [Fact]
    public void No_line_about_a_payload_that_cannot_be_read_shows_what_its_constructor_says()
    {
        var workflow = TestWorkflow.Define("Login", async (w, input) => (await w.StepAsync("login", _ => Task.FromResult(new Password(input)))).Text);
        var run = _simulation.Run(() => Start(workflow).Client.StartAsync(workflow.Call(Secret), "run"));
        Assert.Equal(RunStatus.Quarantined, _simulation.Run(() => run.GetStatusAsync()));
        AssertSilent(1103);
    }

    [Fact]
    public void No_line_about_services_that_cannot_be_disposed_shows_why()
    {
        var workflow = TestWorkflow.Define("Plain", _ => Task.FromResult("done"));
        var withService = new WorkflowDefinition<TestWorkflow.Input, string>
        {
            Name = "Plain",
            Declaration = workflow.Declaration,
            CallFactory = workflow.CallFactory,
            Json = workflow.Json,
            Arguments = workflow.Arguments,
            Result = workflow.Result,
            Body = (services, _, _, _) => new ValueTask<string>(services.GetRequiredService<Leaky>().ToString()!),
        };
        var host = _simulation.Start(withService, services: services => services.AddScoped<Leaky>());
        _simulation.Run(() => host.Client.StartAsync(withService.Call(), "run"));
        AssertSilent(1107);
    }

    [Fact]
    public void No_line_about_a_cancellation_callback_that_threw_shows_why()
    {
        var workflow = TestWorkflow.Define("Plain", async w =>
        {
            w.CancellationToken.Register(() => throw new InvalidOperationException(Secret));
            return await w.StepAsync("a", _ => Task.FromResult("done"));
        });
        _simulation.Run(() => Start(workflow).Client.StartAsync(workflow.Call(), "run"));
        AssertSilent(1108);
    }

    private DurableHost Start(WorkflowDefinition<TestWorkflow.Input, string> workflow, ManualClock? clock = null)
        => _simulation.Start(workflow, options => options.RecordArguments = true, clock);

    // The expected line shows that the case happened at all.
    private void AssertSilent(int expectedLine)
    {
        Assert.Contains(_simulation.Logs.Lines, line => line.Id == expectedLine);
        Assert.All(_simulation.Logs.Lines, line => Assert.DoesNotContain(Secret, line.Text + line.Rest));
    }

    /// <summary>Can be written, but not read: as a type becomes when a check is added to it.</summary>
    private sealed class Password
    {
        public Password(string text) => Text = text;

        [JsonConstructor]
        public Password(string text, int version = 0) => throw new ArgumentException($"'{text}' is too weak ({version}).");

        public string Text { get; }

        public int Version => 1;
    }

    private sealed class Leaky : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException(Secret);
    }
}
