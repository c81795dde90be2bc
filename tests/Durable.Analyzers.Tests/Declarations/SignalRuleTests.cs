using Durable.Analyzers.Declarations;
using Durable.Analyzers.Payloads;
using Durable.Analyzers.Tests.Hygiene;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

/// <summary>What the rules about declarations say of waits for signals.</summary>
public sealed class SignalRuleTests
{
    [Theory]
    [InlineData("[Signal] public partial Task<string> GoAsync();")]
    [InlineData("[Signal] public partial ValueTask<List<int>?> GoAsync(); [Signal] private partial ValueTask<WaitResult<List<int>?>> GoAsync(TimeSpan limit);")]
    [InlineData("[Signal] internal static partial Task GoAsync(); [Signal] internal static partial Task<WaitResult> GoAsync(TimeSpan limit);")]
    [InlineData("[Signal] public partial ValueTask Go(); [Signal(\"Go\")] public partial Task<WaitResult> GoneAsync(TimeSpan limit);")]
    [InlineData("[Signal] public partial Task<string> GoAsync(); [Signal(\"other\")] public partial Task<WaitResult<int>> GoAsync(TimeSpan limit);")]
    [InlineData("[Signal] public partial Task<string> GoAsync(); public static SignalCall GoSignal(int number) => throw new InvalidOperationException();")]
    [InlineData("[Signal] public partial Task<WaitResult<string>> SendAsync(TimeSpan limit); [Step] public partial Task<int> SendAsync(); int SendAsyncCore() => 1;")]
    [InlineData("[Signal] public partial Task<string> GoAsync(); [Step(\"Go\")] public partial Task StopAsync(); void StopAsyncCore() { }")]
    public async Task A_wait_that_is_right_is_silent(string members)
        => Assert.Empty(await RuleHost.Diagnose(UserBuild.Of($"using Durable; public partial class Mailing {{ {members} }}").Compilation, Rules.Analyzers));

    [Theory]
    [InlineData("[Signal] public Task<string> [|GoAsync|]() => throw new InvalidOperationException();")]
    [InlineData("[Signal] public Task<string> [|GoAsync|]();")]
    public Task A_wait_that_is_not_partial_is_reported(string member) => Reports("DUR1002", member, "'GoAsync'", "the generator writes the half that waits");

    [Theory]
    [InlineData("[Signal] public partial Task<string> [|GoAsync|]() => throw new InvalidOperationException();")]
    [InlineData("[Signal] public partial Task<string> [|GoAsync|](); public partial Task<string> GoAsync() => throw new InvalidOperationException();")]
    public Task A_body_of_a_wait_is_reported(string member) => Reports("DUR1003", member, "Remove the body of 'GoAsync'");

    [Theory]
    [InlineData("string", "()", "Task<T>")]
    [InlineData("void", "()", "Task or ValueTask")]
    [InlineData("IAsyncEnumerable<int>", "()", "Task<T>")]
    [InlineData("ref Task", "()", "'Task'")]
    [InlineData("Task<WaitResult<int>>", "()", "give it a TimeSpan")]
    [InlineData("ValueTask<WaitResult>", "()", "give it a TimeSpan")]
    [InlineData("Task<int>", "(TimeSpan limit)", "Task<WaitResult<T>>")]
    [InlineData("Task", "(TimeSpan limit)", "Task<WaitResult>")]
    [InlineData("WaitResult<int>", "(TimeSpan limit)", "Task<WaitResult<T>>")]
    public Task A_return_type_that_is_no_task_of_what_the_wait_brings_is_reported(string type, string parameters, string message)
        => Reports("DUR1004", $"[Signal] public partial [|{type}|] GoAsync{parameters};", message);

    [Theory]
    [InlineData("int [|number|]")]
    [InlineData("TimeSpan? [|limit|]")]
    [InlineData("in TimeSpan [|limit|]")]
    [InlineData("params TimeSpan[] [|limits|]")]
    [InlineData("TimeSpan [|limit|], TimeSpan [|other|]")]
    [InlineData("CancellationToken [|stop|]")]
    public Task A_parameter_that_is_no_limit_is_reported(string parameters) => Reports("DUR1008", $"[Signal] public partial Task<string> GoAsync({parameters});", "at most one TimeSpan");

    [Fact]
    public Task A_limit_with_a_default_is_reported() => Reports("DUR1008", "[Signal] public partial Task<WaitResult> GoAsync(TimeSpan [|limit|] = default);", "no time at all");

    [Fact]
    public Task A_generic_wait_is_reported() => Reports("DUR1008", "[Signal] public partial Task<string> [|GoAsync|]<T>();", "'GoAsync'");

    [Fact]
    public Task A_name_that_cannot_be_used_is_reported() => Reports("DUR1009", "[[|Signal(\" \")|]] public partial Task GoAsync();", "empty");

    [Theory]
    [InlineData("private static string [|GoSignal|](string text) => text;")]
    [InlineData("private string? [|GoSignal|] { get; }")]
    [InlineData("public sealed record [|GoSignal|](int Number);")]
    [InlineData("private class [|__Durable|];")]
    public Task A_member_with_the_name_of_a_generated_one_is_reported(string member)
        => Reports("DUR1010", $"[Signal] public partial Task<string> GoAsync(); {member}", "'GoAsync'");

    [Fact]
    public Task Two_signals_with_one_factory_are_reported()
        => Reports("DUR1010", "[Signal] public partial Task<int> [|GoAsync|](); [Signal(\"other\")] public partial Task<WaitResult<int>> [|GoAsync|](TimeSpan limit);", "'GoSignal'");

    [Theory]
    [InlineData("[Signal, Step] public partial Task [|GoAsync|](); void GoAsyncCore() { }", "step and as signal")]
    [InlineData("[Signal, Workflow] public partial Task [|GoAsync|](); void GoAsyncCore() { }", "workflow and as signal")]
    public Task A_signal_is_nothing_else(string members, string message) => Reports("DUR1012", members, message);

    [Theory]
    [InlineData("[Signal] public partial Task<int> [|GoAsync|](); [Signal] public partial Task<WaitResult<string>> [|GoAsync|](TimeSpan limit);")]
    [InlineData("[Signal] public partial Task<int> [|GoAsync|](); [Signal] public partial Task<WaitResult> [|GoAsync|](TimeSpan limit);")]
    [InlineData("[Signal(\"same\")] public partial Task<int> [|OneAsync|](); [Signal(\"same\")] public partial Task<long> [|TwoAsync|]();")]
    [InlineData("[Signal(\"same\")] public partial Task<int> OneAsync(); public partial class Derived : Mailing { [Signal(\"same\")] public partial Task<long> [|TwoAsync|](); }")]
    public Task Signals_of_one_name_that_bring_different_types_are_reported(string members) => Reports("DUR2004", members, "brings another type");

    [Fact]
    public Task What_a_wait_brings_must_be_nameable_in_generated_code()
        => Reports("DUR1013", "public partial class Box<T> { [Signal] public partial [|Task<WaitResult<T>>|] GoAsync(TimeSpan limit); }", "'T'");

    [Theory]
    [InlineData("[Signal] public partial [|Task<Stream>|] GoAsync();")]
    [InlineData("[Signal] public partial [|ValueTask<WaitResult<Stream>>|] GoAsync(TimeSpan limit);")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|WaitForSignalAsync<Stream>|](\"go\");")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|WaitForSignalAsync<Stream>|](\"go\", TimeSpan.FromHours(1));")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|RequestAsync<Stream, int>|](\"go\", Stream.Null);")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|RequestAsync<int, Stream>|](\"go\", 1);")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|PublishAsync|](\"go\", Stream.Null);")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|AppendAsync|](\"go\", Stream.Null);")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.[|SignalAsync|](\"other\", \"go\", Stream.Null);")]
    public Task What_cannot_be_stored_is_reported(string member) => RuleTest.Reports(new PayloadAnalyzer(), "DUR5001", $"using Durable; public partial class Mailing {{ {member} }}", "Stream");

    [Fact]
    public Task What_a_call_stores_must_be_nameable_in_generated_code()
        => Reports("DUR1013", "private sealed record Hidden; Task GoAsync(WorkflowContext workflow) => workflow.[|PublishAsync|](\"go\", new Hidden());", "'Hidden'");

    [Theory]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.WaitForSignalAsync<int>(\"go\");")]
    [InlineData("Task GoAsync<T>(WorkflowContext workflow) => workflow.WaitForSignalAsync<T>(\"go\");")]
    [InlineData("Task GoAsync(WorkflowContext workflow) => workflow.RequestAsync<string, List<int>>(\"go\", \"text\");")]
    [InlineData("Task PublishAsync<T>(string key, T value) => Task.CompletedTask; Task GoAsync() => PublishAsync(\"go\", Stream.Null);")]
    public Task What_can_be_stored_is_silent(string member) => RuleTest.Silent(new PayloadAnalyzer(), $"using Durable; public partial class Mailing {{ {member} }}");

    private static Task Reports(string id, string members, params string[] messageParts)
        => RuleTest.Reports(new DeclarationAnalyzer(), id, $"using Durable; public partial class Mailing {{ {members} }}", messageParts);
}
