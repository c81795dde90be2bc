using Durable.Analyzers.Declarations;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class ParameterRuleTests
{
    [Theory]
    [InlineData("ref int [|n|]", "int n", "by reference")]
    [InlineData("in int [|n|]", "int n", "by reference")]
    [InlineData("ref readonly int [|n|]", "int n", "by reference")]
    [InlineData("ReadOnlySpan<char> [|n|]", "ReadOnlySpan<char> n", "ref struct")]
    [InlineData("CancellationToken [|n|], int m", "CancellationToken n, int m", "last")]
    [InlineData("int n, StepContext [|step|]", "int n, StepContext step", "Core")]
    public Task A_parameter_that_cannot_be_stored_is_reported(string declared, string core, string reason)
        => Reports("DUR1008", $"[Step] private partial Task SendAsync({declared}); void SendAsyncCore({core}) {{ }}", reason);

    [Fact]
    public Task A_generic_method_is_reported() => Reports("DUR1008", "[Step] private partial Task [|SendAsync|]<T>(T item); void SendAsyncCore<T>(T item) { }", "generic");

    [Fact]
    public Task A_type_of_a_file_is_reported() => RuleTest.Reports(
        new DeclarationAnalyzer(), "DUR1013", "using Durable; file record Letter; partial class Mailing { [Step] internal partial Task SendAsync(List<Letter> [|letters|]); void SendAsyncCore(List<Letter> letters) { } }", "'Letter'", "internal");

    [Fact]
    public Task Private_types_of_the_declaring_type_can_be_stored()
        => Silent("private record Letter(int N); protected record Page(int N); [Step] private partial Task<List<Page[]>> ReadAsync(Letter letter); List<Page[]> ReadAsyncCore(Letter letter) => [];");

    [Fact]
    public Task A_type_parameter_of_the_type_cannot_be_stored() => RuleTest.Reports(
        new DeclarationAnalyzer(), "DUR1013", "using Durable; partial class Mailing<T> { [Step] public partial Task SendAsync(List<T> [|items|]); void SendAsyncCore(List<T> items) { } }", "'T'", "type parameter");

    [Fact]
    public Task Internal_and_nested_internal_types_can_be_stored() => Silent(
        "internal record Letter(int N); protected internal record Page(int N); [Step] private partial Task<Page[]> SendAsync(Letter? letter, Dictionary<string, Letter> all); Page[] SendAsyncCore(Letter? letter, Dictionary<string, Letter> all) => [];");

    [Theory]
    [InlineData("double")]
    [InlineData("decimal")]
    [InlineData("DateTimeOffset")]
    [InlineData("object")]
    [InlineData("int?")]
    [InlineData("string[]")]
    public Task A_key_without_one_text_form_is_reported(string type)
        => Reports("DUR2003", $"[Step] private partial Task SendAsync([StepKey] {type} [|key|]); void SendAsyncCore({type} key) {{ }}", "'key'", $"'{type}'");

    [Fact]
    public Task A_second_key_is_reported()
        => Reports("DUR2003", "[Step] private partial Task SendAsync([StepKey] string a, [StepKey] int [|b|]); void SendAsyncCore(string a, int b) { }", "'b'", "one string");

    [Fact]
    public Task A_key_of_a_workflow_is_reported()
        => Reports("DUR2003", "[Workflow] public partial Task RunAsync([StepKey] string [|a|]); void RunAsyncCore(string a) { }", "'a'", "run id");

    [Theory]
    [InlineData("string")]
    [InlineData("string?")]
    [InlineData("byte")]
    [InlineData("ulong")]
    [InlineData("Guid")]
    [InlineData("DayOfWeek")]
    public Task Text_integers_Guid_and_enums_can_be_keys(string type)
        => Silent($"[Step] private partial Task SendAsync([StepKey] {type} key); void SendAsyncCore({type} key) {{ }}");

    private static Task Reports(string id, string members, params string[] messageParts)
        => RuleTest.Reports(new DeclarationAnalyzer(), id, $"using Durable; public partial class Mailing {{ {members} }}", messageParts);

    private static Task Silent(string members) => RuleTest.Silent(new DeclarationAnalyzer(), $"using Durable; public partial class Mailing {{ {members} }}");
}
