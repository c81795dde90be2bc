using System.Reflection;
using System.Text;
using System.Text.Json;
using Durable.Generators.Tests.Pipeline;
using Durable.Storage;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Generators.Tests.Sensitive;

/// <summary>A run of a small project, with all that is ever shown of it: recorded arguments, exports, log lines, errors.</summary>
internal sealed class WatchedRun : IAsyncDisposable
{
    private readonly KeptStore _store = new(new InMemoryStore(TimeProvider.System));
    private DurableHost? _host;

    public LogSink Logs { get; } = new();

    public RunHandle Run => _host!.Client.GetRun("run");

    /// <summary>What the run returned.</summary>
    public Task<string> ResultAsync() => _host!.Client.GetRun<string>("run").GetResultAsync();

    /// <summary>Runs a project of one file to its end, whatever that is.</summary>
    /// <param name="source">The project; its class <c>User</c> has <c>Start()</c>.</param>
    public static async Task<WatchedRun> OfAsync(string source)
    {
        var watched = new WatchedRun();
        var assembly = Build(source);
        await watched.DeployAsync(assembly);
        await watched._host!.Client.StartAsync(GeneratedHost.Call(assembly, "User", "Start"), "run");
        await watched.EndAsync();
        return watched;
    }

    public static Assembly Build(string source) => Generation.WithContexts(source).Compiles().Load();

    /// <summary>Lets another build go on with the run.</summary>
    public async Task ResumeInAsync(string source, bool acceptDivergence = false)
    {
        await DeployAsync(Build(source));
        await Run.ResumeAsync(acceptDivergence);
        await EndAsync();
    }

    /// <summary>Goes on in a process that has a project, or none.</summary>
    public async Task DeployAsync(Assembly? assembly)
    {
        if (_host is not null)
            await _host.DisposeAsync();
        var add = assembly?.GetType("Durable.DurableWorkflowsExtensions")!.GetMethod("AddWorkflows");
        _host = await DurableHost.StartAsync(durable =>
        {
            add?.Invoke(null, [durable]);
            durable.UseStore(_ => _store).Configure(options => options.RecordArguments = true);
            durable.Services.AddSingleton<ILoggerFactory>(Logs);
        });
    }

    public async Task<string> ExportTextAsync(bool showSensitive = false)
    {
        using var stream = new MemoryStream();
        await Run.ExportAsync(stream, new RunExportOptions { ShowSensitive = showSensitive });
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A payload of the export, on one line.</summary>
    public async Task<string> ShownAsync(string member, int? checkpoint = null, bool showSensitive = false)
        => JsonSerializer.Serialize(await MemberAsync(member, checkpoint, showSensitive));

    /// <summary>Why the export withholds a payload.</summary>
    public async Task<string> WithheldAsync(string member, int? checkpoint = null) => (await MemberAsync(member + "Withheld", checkpoint, showSensitive: false)).GetString()!;

    /// <summary>Fails where a text appears in anything that is shown.</summary>
    public async Task AssertNowhereAsync(string secret)
    {
        Assert.DoesNotContain(secret, await ExportTextAsync());
        Assert.All(Logs.Lines, line => Assert.DoesNotContain(secret, line.Text + line.Rest));
        Assert.All(await Run.GetCheckpointsAsync(), checkpoint => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(checkpoint.Arguments.Span)));
        Assert.DoesNotContain(secret, $"{(await Run.GetInfoAsync()).Error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private async Task<JsonElement> MemberAsync(string member, int? checkpoint, bool showSensitive)
    {
        var root = JsonDocument.Parse(await ExportTextAsync(showSensitive)).RootElement;
        return (checkpoint is { } index ? root.GetProperty("checkpoints")[index] : root).GetProperty(member);
    }

    private async Task EndAsync()
    {
        try
        {
            await Run.GetResultAsync();
        }
        catch (DurableException)
        {
            // The tests look at how it ended.
        }
    }
}
