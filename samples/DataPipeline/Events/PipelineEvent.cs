namespace DataPipeline;

/// <summary>Something that happened to a step or a plain function.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">The step's id, such as <c>/Fetch[north]</c>; of a plain function name and argument.</param>
public sealed record PipelineEvent(EventKind Kind, string Subject)
{
    /// <summary>The name of the step or function, without key.</summary>
    public string Name => Subject.TrimStart('/').Split('[', '(')[0];

    /// <summary>True when code of the step or function ran.</summary>
    public bool IsCall => Kind is EventKind.Invoked or EventKind.Called;

    public override string ToString() => $"  {Kind.ToString().ToLowerInvariant(),-9}  {Subject}";
}
