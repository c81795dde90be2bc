using System.Reflection;
using Durable.Execution;
using Durable.TestKit;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Logging;

/// <summary>Event ids and messages: operators filter and alert by them.</summary>
public sealed class LogLinesTests
{
    private static readonly List<(MethodInfo Method, LoggerMessageAttribute Line)> s_lines =
    [
        .. typeof(Log).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Method: method, Line: method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(line => line.Line is not null)
            .OrderBy(line => line.Line.EventId),
    ];

    [Fact]
    public void Every_event_id_is_unique() => Assert.Equal(s_lines.Count, s_lines.Select(line => line.Line.EventId).Distinct().Count());

    [Fact]
    public void Event_ids_levels_and_messages_change_on_purpose_only()
        => Snapshot.Matches(string.Concat(s_lines.Select(line => $"{line.Line.EventId} {line.Line.Level} {line.Method.Name}: {line.Line.Message}\n")), extension: "txt");

    [Fact]
    public void A_failed_step_and_its_run_are_logged_with_the_type_of_what_was_thrown()
    {
        var simulation = new EngineSimulation();
        var workflow = TestWorkflow.Define("W", w => w.StepAsync("s", _ => Task.FromException<string>(new TimeoutException())));
        simulation.Run(() => simulation.Start(workflow).Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal("Step /s of run run failed with System.TimeoutException", Assert.Single(simulation.Logs.Of(1205)).Text);
        Assert.StartsWith("Run run of W failed with Durable.StepFailedException, caused by System.TimeoutException;", Assert.Single(simulation.Logs.Of(1102)).Text);
    }

    [Fact]
    public void Only_what_a_store_threw_is_logged_as_an_exception()
        => Assert.Equal(
            ["CommitImpossible", "CommitUnknown", "IncarnationBroken", "RunDamaged", "StoreUnavailable"],
            s_lines.Where(line => line.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Exception))).Select(line => line.Method.Name).Order());
}
