namespace DataPipeline;

/// <summary>How often what ran: up to the failure, and from the resume to the end.</summary>
/// <param name="phases">The events of one, or of both.</param>
public sealed class CallTable(IReadOnlyList<IReadOnlyList<PipelineEvent>> phases)
{
    private static readonly string[] s_names = ["Fetch", "Transform", "Validate", "Save"];
    private static readonly string[] s_phases = ["before the resume", "after the resume"];

    public override string ToString()
    {
        string[] phaseNames = phases.Count == s_phases.Length ? s_phases : ["in this process"];
        return string.Join(Environment.NewLine, [Line("Calls", s_names), .. phaseNames.Zip(phases, (name, events) => Line(name, s_names.Select(called => Count(events, called))))]);
    }

    private static string Count(IReadOnlyList<PipelineEvent> events, string name) => $"{events.Count(happened => happened.IsCall && happened.Name == name)}";

    private static string Line(string head, IEnumerable<string> cells) => $"{head,-17}" + string.Concat(cells.Select(cell => $"  {cell,9}"));
}
