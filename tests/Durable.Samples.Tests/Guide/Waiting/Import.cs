namespace Durable.Samples.Tests.Guide.Waiting;

/// <summary>The workflow of docs/guide/waiting.md that is watched from outside.</summary>
public sealed partial class Import
{
    [Workflow] public partial Task<int> ImportAsync(IReadOnlyList<string> files);

    [Step] private partial Task<int> LoadAsync([StepKey] string file);

    private async Task<int> ImportAsyncCore(IReadOnlyList<string> files, WorkflowContext workflow)
    {
        var rows = 0;
        foreach (var (index, file) in files.Index())
        {
            workflow.SetStatus($"loading {file}", (double)index / files.Count); // Stored with what is stored next.
            rows += await LoadAsync(file);
            await workflow.AppendAsync("loaded", file); // An item more, for whoever reads along.
            await workflow.PublishAsync("rows", rows); // The latest value counts.
        }

        return rows;
    }

    private static int LoadAsyncCore(string file) => file.Length;
}
