using System.Text;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>A run as it stands in the store, without what differs from execution to execution: times, epochs, stack traces.</summary>
internal sealed class RunImage
{
    /// <summary>Makes an image.</summary>
    /// <param name="run">The run.</param>
    /// <param name="checkpoints">All of its checkpoints.</param>
    /// <param name="outside">What of it others can see.</param>
    public RunImage(RunRecord run, IReadOnlyList<CheckpointRecord> checkpoints, string outside)
    {
        Outside = outside;
        Run = run;
        Checkpoints = checkpoints;
        Error = Describe(run.Error);
        Steps = [.. checkpoints.Where(record => record.Status != CheckpointStatus.Cleared).Select(record => new StepImage(record))];
    }

    public RunRecord Run { get; }

    public IReadOnlyList<CheckpointRecord> Checkpoints { get; }

    /// <summary>What is not cleared, in order.</summary>
    public IReadOnlyList<StepImage> Steps { get; }

    public string Error { get; }

    /// <summary>What of the run others can see: published values and their versions, streams, what is left in its inbox.</summary>
    public string Outside { get; }

    public bool EndsLike(RunImage other) => Run.Status == other.Run.Status && Error == other.Error && Run.Result.Span.SequenceEqual(other.Run.Result.Span);

    public bool HasStepsOf(RunImage other) => Steps.Select(step => step.Name).SequenceEqual(other.Steps.Select(step => step.Name));

    public string DescribeEnd() => $"{Run.Status} {Encoding.UTF8.GetString(Run.Result.Span)}{Error}".TrimEnd();

    public string DescribeSteps() => Steps.Count == 0 ? "(none)" : string.Join(", ", Steps.Select(step => step.Name));

    public static string Describe(ReadOnlyMemory<byte> error)
    {
        if (error.IsEmpty)
            return "";
        var text = new StringBuilder();
        for (var info = StoredError.Read(error); info is not null; info = info.Inner)
            text.Append(text.Length == 0 ? "" : ", caused by ").Append(info.TypeName).Append(": ").Append(info.Message).Append(info.Data.IsEmpty ? "" : $" {Encoding.UTF8.GetString(info.Data.Span)}");
        return text.ToString();
    }
}

/// <summary>A checkpoint that is not cleared.</summary>
internal sealed class StepImage(CheckpointRecord record)
{
    /// <summary>What makes it the same checkpoint as one of another execution.</summary>
    public string Name { get; } = record.Kind == CheckpointKind.Step ? record.StepId : $"{record.StepId} ({record.Kind})";

    public bool EndsLike(StepImage other) => Describe() == other.Describe();

    public string Describe() => $"{record.Status} {Encoding.UTF8.GetString(record.Result.Span)}{RunImage.Describe(record.Error)}".TrimEnd();
}
