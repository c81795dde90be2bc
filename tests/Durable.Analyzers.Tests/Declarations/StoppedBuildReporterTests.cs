using System.Diagnostics.CodeAnalysis;
using Durable.Analyzers.Tests.Hygiene;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Tests.Declarations;

public sealed class StoppedBuildReporterTests
{
    private const string NotPartial = "using Durable; public class Mailing { [Step] public partial Task SendAsync(); [Step] public partial Task PrintAsync(); private void SendAsyncCore() { } private void PrintAsyncCore() { } }";

    [Theory]
    [InlineData(NotPartial, "DUR1001")]
    [InlineData("using Durable; public partial class Mailing { [Step] public partial Task SendAsync() => Task.CompletedTask; }", "DUR1003")]
    [InlineData("using Durable; public partial class Mailing { [Step] public Task SendAsync(); }", "DUR1002")]
    [InlineData("using Durable; file partial class Mailing { [Step] public partial Task SendAsync(); private void SendAsyncCore() { } }", "DUR1011")]
    [InlineData("using Durable; file record Letter; public partial class Mailing { [Step] private partial Task SendAsync(Letter letter); private void SendAsyncCore(Letter letter) { } }", "DUR1013")]
    [InlineData("[assembly: Durable.DurableJsonContext(typeof(Json))] public partial class Json : System.Text.Json.Serialization.JsonSerializerContext;", "DUR5003")]
    [InlineData("[assembly: Durable.DurableJsonContext(typeof(Json))] [System.Text.Json.Serialization.JsonSerializable(typeof(int))] public class Json : System.Text.Json.Serialization.JsonSerializerContext;", "DUR5003")]
    public void Where_the_compiler_stops_at_the_declaration_the_rule_is_reported_once(string source, string id)
    {
        var built = UserBuild.Of(source);

        Assert.True(built.StopsAtDeclarations);
        Assert.Equal(id, Assert.Single(built.Reported).Id);
    }

    [Fact]
    public void The_report_is_at_the_place_where_the_user_has_to_write()
        => Assert.Equal("Sample.cs: (0,28)-(0,35)", Assert.Single(UserBuild.Of(NotPartial).Reported).Location.GetLineSpan().ToString());

    [Fact]
    public void Other_problems_are_reported_with_the_one_that_stops_the_build()
        => Assert.Equal(["DUR1001", "DUR1005"], UserBuild.Of("using Durable; class Mailing { [Step] public partial Task SendAsync(); }").Reported.Select(diagnostic => diagnostic.Id).Order());

    [Theory]
    [InlineData("using Durable; public partial class Mailing { [Step] public partial Task SendAsync(); }")]
    [InlineData("using Durable; public partial class Mailing { [Step] public Task SendAsync() => Task.CompletedTask; }")]
    [InlineData("using Durable; public class Mailing { [Step] public Task SendAsync() => Task.CompletedTask; }")]
    [InlineData("using Durable; public partial struct Mailing { [Step] public partial int Send(ref int n); }")]
    public void Where_the_analyzers_are_heard_nothing_is_reported(string source)
    {
        var built = UserBuild.Of(source);

        Assert.False(built.StopsAtDeclarations);
        Assert.Empty(built.Reported);
    }

    [Theory]
    [InlineData(NotPartial)]
    [InlineData("[assembly: Durable.DurableJsonContext(typeof(Json))] public partial class Json : System.Text.Json.Serialization.JsonSerializerContext;")]
    public void In_an_editor_nothing_is_reported(string source) => Assert.Empty(UserBuild.Of(source, new Project("true")).Reported);

    [Fact]
    public void A_context_that_is_written_by_its_own_generator_is_not_reported() => Assert.Empty(UserBuild.Of(
        "[assembly: Durable.DurableJsonContext(typeof(Json))] [System.Text.Json.Serialization.JsonSerializable(typeof(int))] public partial class Json : System.Text.Json.Serialization.JsonSerializerContext;").Reported);

    [Fact]
    public void In_a_build_of_a_project_the_rule_is_reported() => Assert.NotEmpty(UserBuild.Of(NotPartial, new Project("")).Reported);

    private sealed class Project(string designTimeBuild) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(designTimeBuild);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(string designTimeBuild) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.DesignTimeBuild" ? designTimeBuild : null;
            return value is not null;
        }
    }
}
