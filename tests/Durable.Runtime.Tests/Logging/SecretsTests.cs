using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
    public void What_is_sensitive_is_in_no_recorded_argument_no_export_and_no_error_of_a_run_that_is_set_aside()
    {
        var sensitive = new PayloadType<Token>((JsonTypeInfo<Token>)TestWorkflow.Json.GetTypeInfo(typeof(Token))) { HoldsSensitive = true };
        var step = new StepDefinition<ValueTuple<Token>, Token>
        {
            Name = "login",
            Body = (arguments, _, _) => new ValueTask<Token>(arguments.Item1),
            Result = sensitive,
            Arguments = (writer, arguments) => writer.Add("token", arguments.Item1, sensitive).Add("whole", arguments.Item1.Text, TestWorkflow.Payload<string>().Sensitive),
        };
        var workflow = TestWorkflow.Define("Login", async (_, input) => (await DurableCalls.StepAsync(step, ValueTuple.Create(new Token(input, 0)), default)).Text);
        var run = _simulation.Run(() => Start(workflow, services: services => AddSensitive(services, "login", sensitive)).Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(RunStatus.Completed, _simulation.Run(() => run.GetStatusAsync()));
        run = _simulation.Run(() => Start(workflow, services: services => AddSensitive(services, "login", sensitive)).Client.StartAsync(workflow.Call(Secret), "quarantined"));
        Assert.Equal(RunStatus.Quarantined, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Contains("System.ArgumentOutOfRangeException, whose message is withheld", _simulation.Run(() => run.GetInfoAsync()).Error!.Message);
        Assert.Equal("""{"token":{"Text":"***","Version":1},"whole":"***"}""", Encoding.UTF8.GetString(Assert.Single(_simulation.Run(() => run.GetCheckpointsAsync())).Arguments.Span));
        using var export = new MemoryStream();
        _simulation.Run(() => run.ExportAsync(export));
        // The workflow's own input is not marked.
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(export.ToArray()).Replace($"\"Value\": \"{Secret}\"", "").Replace($"\"Value\":\"{Secret}\"", ""));
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

    private DurableHost Start(WorkflowDefinition<TestWorkflow.Input, string> workflow, ManualClock? clock = null, Action<IServiceCollection>? services = null)
        => _simulation.Start(workflow, options => options.RecordArguments = true, clock, services);

    private static void AddSensitive(IServiceCollection services, string step, PayloadType result)
        => ((DurableBuilder)services.Single(service => service.ServiceType == typeof(DurableBuilder)).ImplementationInstance!).AddModule(new SensitiveModule(step, result));

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

    /// <summary>Reads all but the secret, of which it complains aloud.</summary>
    private sealed class Token
    {
        public Token(string text, int kind) => (Text, Version) = (text, kind + 1);

        [JsonConstructor]
        public Token(string text) : this(text, 0) => ArgumentOutOfRangeException.ThrowIfEqual(text, Secret);

        [Sensitive]
        public string Text { get; }

        public int Version { get; }
    }

    private sealed class SensitiveModule(string step, PayloadType result) : DurableModule
    {
        public override void Register(DurableRegistration registration) => registration.AddSensitiveResult(step, result);
    }

    private sealed class Leaky : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException(Secret);
    }
}
