using System.Globalization;
using Durable.Code;
using Durable.Collections;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes the retry policy of a definition.</summary>
internal static class RetryEmitter
{
    public static void Emit(CodeWriter writer, BodyModel body)
    {
        if (body.Retry is not { } retry)
            return;
        if (retry.Policy is { } name)
        {
            writer.Line($"RetryPolicyName = {CodeText.Literal(name)},");
            return;
        }

        var settings = new List<string>();
        if (retry.MaxAttempts is { } attempts)
            settings.Add($"MaxAttempts = {attempts.ToString(CultureInfo.InvariantCulture)}");
        Add(settings, "InitialDelay", retry.InitialDelay);
        if (retry.BackoffRate is { } rate)
            settings.Add($"BackoffRate = {rate.ToString("R", CultureInfo.InvariantCulture)}");
        Add(settings, "MaxDelay", retry.MaxDelay);
        if (retry.Jitter is { } jitter)
            settings.Add($"Jitter = ({Names.Root}Jitter){jitter.ToString(CultureInfo.InvariantCulture)}");
        Add(settings, "MaxElapsed", retry.MaxElapsed);
        Add(settings, "AttemptTimeout", retry.AttemptTimeout);
        Add(settings, "RetryOn", retry.RetryOn);
        Add(settings, "NeverRetryOn", retry.NeverRetryOn);
        if (retry.RetryOnMessage is { } pattern)
            settings.Add($"RetryOnMessage = {CodeText.Literal(pattern)}");
        writer.Line($"Retry = new {Names.Root}RetryPolicy {{ {string.Join(", ", settings)} }},");
    }

    private static void Add(List<string> settings, string name, TimeSpan? duration)
    {
        if (duration is { } value)
            settings.Add($"{name} = new global::System.TimeSpan({value.Ticks.ToString(CultureInfo.InvariantCulture)}L)");
    }

    private static void Add(List<string> settings, string name, EquatableArray<string> types)
    {
        if (types.Count > 0)
            settings.Add($"{name} = [{string.Join(", ", types.Select(type => $"typeof({type})"))}]");
    }
}
