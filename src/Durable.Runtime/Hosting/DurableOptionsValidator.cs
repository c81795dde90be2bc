using Microsoft.Extensions.Options;

namespace Durable.Hosting;

/// <summary>Refuses options outside their stated ranges, all of them in one message.</summary>
internal sealed class DurableOptionsValidator : IValidateOptions<DurableOptions>
{
    public ValidateOptionsResult Validate(string? name, DurableOptions options)
    {
        var failures = new List<string>();
        if (options.MaxConcurrentRuns is < 1 or > 10_000)
            failures.Add($"{nameof(DurableOptions)}.{nameof(options.MaxConcurrentRuns)} is {options.MaxConcurrentRuns}; it must be 1 to 10,000.");
        if (options.PoisonLimit is < 2 or > 1_000)
            failures.Add($"{nameof(DurableOptions)}.{nameof(options.PoisonLimit)} is {options.PoisonLimit}; it must be 2 to 1,000.");
        Check(nameof(options.LeaseDuration), options.LeaseDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Check(nameof(options.ShutdownGrace), options.ShutdownGrace, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Check(nameof(options.ReplayStallTimeout), options.ReplayStallTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Check(nameof(options.MaxInMemoryDelay), options.MaxInMemoryDelay, TimeSpan.Zero, TimeSpan.FromHours(1));
        Check(nameof(options.QuietPeriod), options.QuietPeriod, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Check(nameof(options.AbandonAfter), options.AbandonAfter, TimeSpan.Zero, TimeSpan.FromHours(1));
        Check(nameof(options.IsolationTime), options.IsolationTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(nameof(options.BlockingWaitThreshold), options.BlockingWaitThreshold, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        CheckText(nameof(options.BuildId), options.BuildId);
        CheckText(nameof(options.WorkerName), options.WorkerName);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string property, TimeSpan value, TimeSpan min, TimeSpan max)
        {
            if (value < min || value > max)
                failures.Add($"{nameof(DurableOptions)}.{property} is {value}; it must be {min} to {max}.");
        }

        void CheckText(string property, string? value)
        {
            if (value is { Length: 0 or > 100 })
                failures.Add($"{nameof(DurableOptions)}.{property} has {value.Length} characters; it must have 1 to 100, or be null for the default.");
        }
    }
}
