using Durable.Analyzers.Declarations;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class NullTaskTests
{
    [Theory]
    [InlineData("Task SendAsyncCore(int n) => [|null!|];")]
    [InlineData("Task SendAsyncCore(int n) { if (n > 1) return Task.CompletedTask; return [|default!|]; }")]
    [InlineData("Task SendAsyncCore(int n) => n > 1 ? Task.CompletedTask : [|((Task)null!)|];")]
    [InlineData("Task SendAsyncCore(int n) => (n switch { 1 => [|default(Task)!|], 2 => Task.CompletedTask, _ => [|null!|] });")]
    [InlineData("Task? _sent; Task SendAsyncCore(int n) => (_sent ?? [|null!|]);")]
    public Task A_Core_that_returns_null_for_a_task_is_reported(string core) => Reports("Task", core, "Task.CompletedTask");

    [Theory]
    [InlineData("Task<string?>", "Task<string?> SendAsyncCore(int n) => [|null!|];")]
    [InlineData("ValueTask<int>", "Task<int> SendAsyncCore(int n) { { return [|default(Task<int>)!|]; } }")]
    public Task A_Core_that_returns_null_for_a_task_with_a_result_is_reported(string returns, string core) => Reports(returns, core, "Task.FromResult");

    [Theory]
    [InlineData("Task", "ValueTask SendAsyncCore(int n) => default;")]
    [InlineData("Task<string?>", "ValueTask<string?> SendAsyncCore(int n) { return default; }")]
    [InlineData("Task<string?>", "string? SendAsyncCore(int n) => null;")]
    [InlineData("Task<string?>", "async Task<string?> SendAsyncCore(int n) { await Task.Yield(); return null; }")]
    [InlineData("Task<string?>", "Task<string?> SendAsyncCore(int n) => Task.FromResult<string?>(null);")]
    [InlineData("Task", "Task SendAsyncCore(int n) { Func<string?> a = () => { return null; }; string? B() { return null; } return Task.FromResult(a() ?? B()); }")]
    [InlineData("Task", "Task SendAsyncCore(int n) => Task.CompletedTask; Task OtherCore() => null!; Task SendCore() => null!;")]
    [InlineData("Task", "Task SendAsyncCore(int n) => (Later)default!; struct Later { public static implicit operator Task(Later later) => Task.CompletedTask; }")]
    public Task What_is_no_task_and_what_is_no_Core_may_be_null(string returns, string core) => RuleTest.Silent(new NullTaskAnalyzer(), Text(returns, core));

    private static Task Reports(string returns, string core, string part) => RuleTest.Reports(new NullTaskAnalyzer(), "DUR1016", Text(returns, core), "'SendAsyncCore'", part);

    private static string Text(string returns, string core) => $"using Durable; public partial class Mailing {{ [Step] private partial {returns} SendAsync(int n); {core} }}";
}
