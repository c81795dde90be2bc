using System.Security.Cryptography;
using Durable.Execution;
using Durable.Registration;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Durable.Hosting;

/// <summary>Puts the engine together from the application's services.</summary>
internal static class EngineFactory
{
    public static Engine Create(IServiceProvider provider)
    {
        var builder = provider.GetRequiredService<DurableBuilder>();
        var options = provider.GetRequiredService<IOptions<DurableOptions>>().Value;
        var loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var seams = provider.GetService<EngineSeams>() ?? EngineSeams.Machine;
        return new Engine
        {
            Store = provider.GetService<IRunStore>() ?? throw new InvalidOperationException(
                "Durable has no store. Choose one in AddDurable: durable.UseSqlite(\"app.db\") from Durable.Sqlite, or durable.UseInMemory() where runs need not survive the process."),
            Workflows = new WorkflowRegistry(builder.Workflows, builder.SensitiveResults, builder.StepResults),
            Policies = Policies(builder),
            Errors = builder.Errors,
            Options = options,
            Scopes = provider.GetRequiredService<IServiceScopeFactory>(),
            Loggers = loggers,
            Log = loggers.CreateLogger("Durable"),
            BuildId = options.BuildId ?? BuildId(builder.Builds),
            Worker = options.WorkerName ?? $"{Environment.MachineName}:{Environment.ProcessId}",
            Time = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            Scheduler = seams.Scheduler,
            NewId = seams.NewId,
            Bodies = seams.Bodies ?? provider.GetService<IBodyProbe>(),
            CutOff = seams.CutOff,
            IsDebugged = seams.IsDebugged,
            ForcedReplay = provider.GetService<ForcedReplay>(),
        };
    }

    private static RetryPolicies Policies(DurableBuilder builder)
    {
        foreach (var (policy, declaration) in builder.NeededRetryPolicies)
        {
            if (!builder.RetryPolicies.ContainsKey(policy))
                throw new InvalidOperationException($"{declaration} needs the retry policy '{policy}', which is not registered. Register it in AddDurable: durable.AddRetryPolicy(\"{policy}\", new RetryPolicy {{ ... }}).");
        }

        return new RetryPolicies(builder.RetryPolicies);
    }

    // A deterministic compiler gives equal sources equal module version ids, so a restart of the same build keeps its name.
    private static string BuildId(IEnumerable<Guid> modules)
    {
        var bytes = modules.Order().SelectMany(module => module.ToByteArray()).ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
    }
}
