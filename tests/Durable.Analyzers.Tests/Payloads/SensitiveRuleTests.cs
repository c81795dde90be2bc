using Durable.Analyzers.Payloads;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class SensitiveRuleTests
{
    [Fact]
    public Task A_sensitive_key_is_reported()
        => Reports("DUR5005", "[Step] private partial Task PayAsync([StepKey, Sensitive] string [|card|], [Sensitive] int pin); void PayAsyncCore(string card, int pin) { }", "'card' is the step's key");

    [Theory]
    [InlineData("[Step] private partial Task PayAsync(string card, [Sensitive] CancellationToken [|stop|]); void PayAsyncCore(string card, CancellationToken stop) { }", "never stored")]
    [InlineData("[Step] [return: Sensitive] private partial Task [|PayAsync|](); void PayAsyncCore() { }", "no result")]
    [InlineData("[Step] private partial Task PayAsync(string card); void PayAsyncCore([Sensitive] string [|card|]) { }", "the declaration 'PayAsync'")]
    [InlineData("[Step] private partial Task PayAsync(string card); void PayAsyncCore(string card, [Sensitive] StepContext [|step|]) { }", "the declaration 'PayAsync'")]
    [InlineData("[Workflow] private partial Task<string> PayAsync(); [return: Sensitive] string [|PayAsyncCore|]() => \"\";", "the declaration 'PayAsync'")]
    [InlineData("void Pay([Sensitive] string [|card|]) { }", "'Pay' is no workflow or step")]
    [InlineData("sealed record Card { public Card([Sensitive] string [|number|]) => Digits = number; public string Digits { get; } }", "mark the member")]
    [InlineData("sealed record Card { public Card([Sensitive] int [|number|]) => Number = number; public long Number { get; } }", "mark the member")]
    [InlineData("public sealed record Card([field: Sensitive] string [|Number|]);", "mark the property itself")]
    [InlineData("public sealed class Card { [field: Sensitive] public string [|Number|] { get; set; } = \"\"; }", "mark the property itself")]
    [InlineData("public sealed class Card { public string [|Number|] { [return: Sensitive] get; set; } = \"\"; }", "mark the property itself")]
    [InlineData("public sealed class Card { public string [|Number|] { get; [param: Sensitive] set; } = \"\"; }", "mark the property itself")]
    public Task A_mark_that_masks_nothing_is_reported(string members, string message) => Reports("DUR5006", members, message);

    [Theory]
    [InlineData("[Workflow] [return: Sensitive] public partial Task<string> PayAsync([Sensitive] string card); [return: Sensitive] string PayAsyncCore([Sensitive] string card) => card;")]
    [InlineData("[Step] [return: Sensitive] private partial ValueTask<int> PayAsync([StepKey] string order, [Sensitive, NotFingerprinted] string card = \"\"); int PayAsyncCore(string order, string card) => 1;")]
    [InlineData("public sealed record Card([Sensitive] string Number, [property: Sensitive] int Pin) { [Sensitive] public string? Code { get; init; } [Sensitive] public int Field; }")]
    [InlineData("public sealed record Card([property: Sensitive] [field: Sensitive] string Number, [Sensitive] [field: Sensitive] int Pin);")]
    [InlineData("public sealed class Card([Sensitive] string number) { public string Number { get; } = number; }")]
    public Task A_mark_on_what_is_stored_is_silent(string members) => RuleTest.Silent(new SensitiveAnalyzer(), Source(members));

    private static Task Reports(string id, string members, params string[] messageParts) => RuleTest.Reports(new SensitiveAnalyzer(), id, Source(members), messageParts);

    private static string Source(string members) => $"using Durable; public partial class Paying {{ {members} }}";
}
