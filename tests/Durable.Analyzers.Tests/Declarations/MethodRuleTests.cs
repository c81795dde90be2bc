using Durable.Analyzers.Declarations;
using Durable.Analyzers.Tests.Hygiene;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class MethodRuleTests
{
    [Theory]
    [InlineData("[Step] private Task [|SendAsync|](string email) => Task.CompletedTask;")]
    [InlineData("[Step] private async Task [|SendAsync|](string email) { await Task.Yield(); }")]
    [InlineData("[Workflow] public virtual Task [|SendAsync|](string email) => Task.CompletedTask;")]
    [InlineData("[Step] private Task [|SendAsync|](string email);")]
    public Task A_method_that_is_not_partial_is_reported(string method) => Reports("DUR1002", method, "'SendAsync'", "'partial'", "'SendAsyncCore'");

    [Theory]
    [InlineData("[Step] private partial Task [|SendAsync|](string email) => Task.CompletedTask;")]
    [InlineData("[Step] private partial Task [|SendAsync|](string email); private partial Task SendAsync(string email) => Task.CompletedTask;")]
    public Task A_body_at_the_declaration_is_reported(string method) => Reports("DUR1003", method, "'SendAsync'", "'SendAsyncCore'");

    [Theory]
    [InlineData("System.CodeDom.Compiler.GeneratedCode(\"other\", \"1\")")]
    [InlineData("System.CodeDom.Compiler.GeneratedCode(null, null)")]
    [InlineData("System.Diagnostics.DebuggerStepThrough")]
    public async Task A_generated_half_beside_attributes_of_the_users_is_no_body(string attribute)
        => Assert.Empty(await RuleHost.Diagnose(UserBuild.Of($"using Durable; public partial class Mailing {{ [Step, {attribute}] private partial Task SendAsync(); void SendAsyncCore() {{ }} }}").Compilation, Rules.Analyzers));

    [Theory]
    [InlineData("void")]
    [InlineData("int")]
    [InlineData("string")]
    [InlineData("IAsyncEnumerable<int>")]
    [InlineData("Task<int>[]")]
    public Task A_return_type_that_is_no_task_is_reported(string type) => Reports("DUR1004", $"[Step] private partial [|{type}|] Send();", $"'{type}'", "Task<T>");

    [Fact]
    public Task A_task_that_is_returned_by_reference_is_reported() => Reports("DUR1004", "[Step] private partial [|ref Task|] Send();", "'ref Task'", "ValueTask<T>");

    [Theory]
    [InlineData("Task", "Task SendAsyncCore(int n) => Task.CompletedTask;")]
    [InlineData("Task", "ValueTask SendAsyncCore(int n) => default;")]
    [InlineData("Task", "void SendAsyncCore(int n) { }")]
    [InlineData("ValueTask", "async Task SendAsyncCore(int n) => await Task.Yield();")]
    [InlineData("ValueTask", "static void SendAsyncCore(int other) { }")]
    [InlineData("Task<int>", "int SendAsyncCore(int n, StepContext step) => 1;")]
    [InlineData("Task<int>", "Task<int> SendAsyncCore(int n, CancellationToken stop) => Task.FromResult(1);")]
    [InlineData("Task<int>", "ValueTask<int> SendAsyncCore(int n, StepContext step, CancellationToken stop) => new(1);")]
    [InlineData("ValueTask<int>", "protected virtual int SendAsyncCore(int n, CancellationToken stop, StepContext step) => 1;")]
    [InlineData("Task<string>", "string? SendAsyncCore(int n) => null;")]
    [InlineData("Task<(int A, string B)>", "(int, string) SendAsyncCore(int n) => (1, \"\");")]
    [InlineData("Task<string[]?>", "async Task<string[]?> SendAsyncCore(int n) { await Task.Yield(); return null; }")]
    public Task A_Core_with_the_parameters_and_result_of_its_declaration_is_silent(string returns, string core)
        => Silent($"[Step] private partial {returns} SendAsync(int n); {core}");

    [Theory]
    [InlineData("[Workflow] public partial Task RunAsync(int n, CancellationToken stop = default);", "void RunAsyncCore(int n, WorkflowContext workflow, CancellationToken stop) { }")]
    [InlineData("[Workflow] public partial Task RunAsync(int n, CancellationToken stop);", "void RunAsyncCore(int n, CancellationToken stop, WorkflowContext workflow) { }")]
    [InlineData("[Workflow] public partial Task RunAsync(int n);", "void RunAsyncCore(int n) { }")]
    [InlineData("[Workflow] internal static partial Task RunAsync(params int[] n);", "static void RunAsyncCore(int[] n) { }")]
    [InlineData("[Step] public partial Task RunAsync(int n); [Step(\"other\")] public partial Task RunAsync(string n);", "void RunAsyncCore(int n) { } void RunAsyncCore(string n) { }")]
    public Task A_Core_that_takes_what_it_needs_is_silent(string declaration, string core) => Silent($"{declaration} {core}");

    [Fact]
    public Task A_missing_Core_is_reported_with_the_line_to_write()
        => Reports("DUR1005", "[Step] private static partial Task<string?> [|SendAsync|]([StepKey] string? email, params int[] @class);", "private static async Task<string?> SendAsyncCore(string? email, int[] @class)");

    [Fact]
    public Task A_missing_Core_of_a_workflow_takes_its_context()
        => Reports("DUR1005", "[Workflow] public partial Task [|RunAsync|](int n, CancellationToken stop);", "private async Task RunAsyncCore(int n, WorkflowContext workflow, CancellationToken stop)");

    [Fact]
    public Task Two_Cores_are_reported()
        => Reports("DUR1006", "[Step] private partial Task SendAsync(int n); void SendAsyncCore(int n) { } void [|SendAsyncCore|](int n, StepContext step) { }", "'SendAsyncCore'");

    [Theory]
    [InlineData("[Step] private partial Task SendAsync(int n, string s);", "void [|SendAsyncCore|](string s, int n) { }")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "void [|SendAsyncCore|](long n) { }")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "void [|SendAsyncCore|]() { }")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "void [|SendAsyncCore|](int n, WorkflowContext workflow) { }")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "void [|SendAsyncCore|](ref int n) { }")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "void [|SendAsyncCore|]<T>(int n) { }")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "int [|SendAsyncCore|](int n) => 1;")]
    [InlineData("[Step] private partial Task SendAsync(int n);", "async void [|SendAsyncCore|](int n) => await Task.Yield();")]
    [InlineData("[Step] private partial Task<int> SendAsync(int n);", "Task<long> [|SendAsyncCore|](int n) => Task.FromResult(1L);")]
    [InlineData("[Step] private partial Task SendAsync(int n, CancellationToken stop);", "void [|SendAsyncCore|](int n) { }")]
    [InlineData("[Step] private static partial Task SendAsync(int n);", "void [|SendAsyncCore|](int n) { }")]
    public Task A_Core_that_does_not_fit_is_reported_with_the_line_to_write(string declaration, string core) => Reports("DUR1007", $"{declaration} {core}", "'SendAsync'", "SendAsyncCore(int n");

    [Theory]
    [InlineData("void SendAsyncCore(int n [|= 1|]) { }", "'n'")]
    [InlineData("void SendAsyncCore(int n, StepContext? step [|= null|], CancellationToken stop = default) { }", "Core")]
    public Task A_default_on_a_Core_is_reported(string core, string part) => Reports("DUR1015", $"[Step] private partial Task SendAsync(int n = 1); {core}", "'SendAsync'", part);

    [Fact]
    public Task A_default_of_a_declared_token_on_a_Core_is_reported()
        => Reports("DUR1015", "[Step] private partial Task SendAsync(int n, CancellationToken stop = default); void SendAsyncCore(int n, CancellationToken stop [|= default|]) { }", "'stop'");

    [Theory]
    [InlineData("[Step] private partial Task SendAsync(int n = 1); void SendAsyncCore(int n, StepContext step, CancellationToken stop = default) { }")]
    [InlineData("[Workflow] public partial Task RunAsync(); async Task RunAsyncCore(WorkflowContext workflow, CancellationToken stop = new()) => await Task.Yield();")]
    public Task The_usual_default_of_a_token_that_only_the_Core_has_is_silent(string members) => Silent(members);

    [Fact]
    public Task A_default_on_a_method_that_only_looks_like_a_Core_is_silent() => Silent("[Step] private partial Task SendAsync(int n = 1); void SendAsyncCore(int n) { } void OtherCore(int n = 1) { }");

    [Fact]
    public Task One_method_cannot_be_workflow_and_step() => Reports("DUR1012", "[Workflow, Step] public partial Task [|RunAsync|](); void RunAsyncCore() { }", "'RunAsync'");

    private static Task Reports(string id, string members, params string[] messageParts)
        => RuleTest.Reports(new DeclarationAnalyzer(), id, $"using Durable; public partial class Mailing {{ {members} }}", messageParts);

    private static Task Silent(string members) => RuleTest.Silent(new DeclarationAnalyzer(), $"using Durable; public partial class Mailing {{ {members} }}");
}
