using Durable.Analyzers.Payloads;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class DurableErrorTests
{
    [Theory]
    [InlineData("public sealed class [|Late|];", "'Late': Late is no exception")]
    [InlineData("public static class [|Late|];", "is no exception")]
    [InlineData("public sealed record [|Late|](int Days);", "is no exception")]
    [InlineData("public abstract class [|Late|] : Exception;", "is abstract")]
    [InlineData("public class [|Late|]<T> : Exception;", "is generic")]
    [InlineData("file class [|Late|] : Exception;", "cannot be named by generated code")]
    [InlineData("[Obsolete(\"no\", true)] public class [|Late|] : Exception;", "is obsolete as an error")]
    public Task The_type_is_an_exception_that_is_thrown_and_that_generated_code_can_name(string declaration, string reason) => Reports("[DurableError] " + declaration, reason);

    [Theory]
    [InlineData("public static class Outer { [DurableError] private class [|Late|] : Exception; }", "cannot be named by generated code")]
    [InlineData("public class Outer { [DurableError] protected class [|Late|] : Exception; }", "cannot be named by generated code")]
    [InlineData("public class Outer<T> { [DurableError] public class [|Late|] : Exception; }", "stands in a generic type")]
    public Task A_nested_type_is_one_that_generated_code_can_name(string declaration, string reason) => Reports(declaration, reason);

    [Theory]
    [InlineData("[|Late|](int days) : Exception { public int Day { get; } = days; }", "has the constructor parameter 'days', which has no public property of that name and type")]
    [InlineData("[|Late|](int days) : Exception { public long Days { get; } = days; }", "parameter 'days'")]
    [InlineData("[|Late|](int days) : Exception { internal int Days { get; } = days; }", "parameter 'days'")]
    [InlineData("[|Late|](int days, int message) : Exception { public int Days { get; } = days + message; }", "parameter 'message'")]
    [InlineData("[|Late|](ApplicationException innerException) : Exception(\"\", innerException);", "parameter 'innerException'")]
    [InlineData("[|Late|](ref int days) : Exception { public int Days { get; } = days; }", "parameter 'days'")]
    [InlineData("[|Late|] : Exception { private Late() { } public static Late Of() => new(); }", "has no constructor that generated code can call")]
    [InlineData("[|Late|] : Exception { [JsonConstructor] public Late(int days) => Days = days; public Late() { } [JsonIgnore] public int Other => Days; private int Days { get; } }", "parameter 'days'")]
    [InlineData("[|Late|] : Exception { [JsonConstructor] public Late(string message) : base(message) { } [JsonConstructor] public Late() { } }", "more than one [JsonConstructor]")]
    [InlineData("[|Late|] : Exception { public Late(int days) => Days = days; public Late(string code) => Code = code; public int Days { get; set; } public string Code { get; set; } = \"\"; }", "several constructors that bring back as much")]
    public Task A_constructor_takes_what_is_recorded(string declaration, string reason) => Reports("[DurableError] public class " + declaration, reason);

    [Theory]
    [InlineData("[|Late|](Stream body) : Exception { public Stream Body { get; } = body; }", "'Late.Body': Stream means something in this process only")]
    [InlineData("[|Late|](List<Order> orders) : Exception { public List<Order> Orders { get; } = orders; } public sealed record Order(Action Done);", "'Late.Orders[].Done': Action is code")]
    [InlineData("[|Late|] : Exception { public IDisposable? Open { get; set; } }", "'Late.Open': IDisposable? is an interface")]
    [InlineData("[|Late|](Late? before) : Exception { public Late? Before { get; } = before; }", "'Late.Before': Late? is an error, which comes back as that of a step or run and not within data")]
    [InlineData("[|Late|](List<Order> orders) : Exception { public List<Order> Orders { get; } = orders; } public sealed record Order(Late Error);", "'Late.Orders[].Error': Late is an error")]
    [InlineData("[|Late|](Exception cause) : Exception { public Exception Cause { get; } = cause; }", "'Late.Cause': Exception")]
    public Task What_it_holds_can_be_stored(string declaration, string reason) => Reports("[DurableError] public class " + declaration, reason);

    [Theory]
    [InlineData("[|Late|] : Exception { public DateTime At { get; } = DateTime.Now; }")]
    [InlineData("[|Late|] : Exception { public int Days { get; private set; } }")]
    [InlineData("[|Late|] : Exception { public int Days; }")]
    public Task What_is_not_brought_back_is_a_loss(string declaration) => RuleTest.Reports(new PayloadAnalyzer(), "DUR5002", Text("[DurableError] public class " + declaration), "");

    [Theory]
    [InlineData("Late : Exception;")]
    [InlineData("Late(int days, string message, Exception? innerException) : InvalidOperationException(message, innerException) { public int Days { get; } = days; }")]
    [InlineData("Late : Exception { public Late() { } public Late(string message) : base(message) { } public Late(string message, Exception inner) : base(message, inner) { } }")]
    [InlineData("Late(string paramName, string message) : ArgumentException(message, paramName) { public override string Message => \"late\" + base.Message; }")]
    [InlineData("Late(System.Net.HttpStatusCode? statusCode) : System.Net.Http.HttpRequestException(\"late\", null, statusCode);")]
    [InlineData("Late(CancellationToken token) : OperationCanceledException { [JsonConstructor] internal Late() : this(default) { } public bool IsLate => CancellationToken == default; }")]
    [InlineData("Late(int days) : AggregateException(\"late\") { public int Days => days; public override string? HelpLink { get; set; } }")]
    [InlineData("Late : Exception { public required int Days { get; init; } public int Twice => 2 * Days; protected int Hidden { get; set; } }")]
    [InlineData("Late : Exception, IEnumerable<int> { public int Days { get; set; } public IEnumerator<int> GetEnumerator() { yield return Days; } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }")]
    [InlineData("Late : Base { public Late(int days) : base(days) { } } public abstract class Base(int days) : Exception { public int Days { get; } = days; }")]
    [InlineData("Late : Exception { internal sealed class Inner : Late; }")]
    [InlineData("Late(string message) : Exception(message) { public List<string> Reasons { get; } = []; }")]
    [InlineData("Late : Exception { public Late() { } public Late(int days) => Days = days; public Late(string code) => Code = code; public int Days { get; set; } public string Code { get; set; } = \"\"; }")]
    public Task Usual_errors_are_silent(string declaration) => RuleTest.Silent(new PayloadAnalyzer(), Text("[DurableError] public class " + declaration));

    [Fact]
    public Task A_base_that_does_not_exist_is_the_compilers_to_say()
        => Quiet("[DurableError] public class Late : Missing { public Late(int days) { } }");

    private static async Task Quiet(string source) => Assert.Empty(await RuleHost.Diagnose(RuleHost.Document(Text(source)), new PayloadAnalyzer()));

    private static Task Reports(string source, string reason) => RuleTest.Reports(new PayloadAnalyzer(), "DUR5008", Text(source), reason);

    private static string Text(string source) => $"using System.Text.Json.Serialization; using Durable; {source}";
}
