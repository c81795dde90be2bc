using Durable;

namespace Steps;

/// <summary>What would be different the next time (chance, the clock, new ids) comes from a step or from the context, so that replay gets it again.</summary>
public sealed partial class RecordedChance(Notebook notebook, Accident accident)
{
    [Workflow] public partial Task<bool> DrawAsync();

    [Step] private static partial Task<int> DrawNumberAsync();
    [Step] private partial Task<bool> NoteAsync(int drawn, int dice);

    private async Task<bool> DrawAsyncCore(WorkflowContext workflow)
    {
        var drawn = await DrawNumberAsync();       // Stored with the step.
        var dice = workflow.Random.Next(1, 7);     // Derived from the run: stored nowhere, and the same on every replay.
        return await NoteAsync(drawn, dice);
    }

    private static int DrawNumberAsyncCore()
    {
        Console.WriteLine("  drawing a number");
        return Random.Shared.Next();
    }

    private bool NoteAsyncCore(int drawn, int dice)
    {
        notebook.Add($"{drawn} {dice}");
        Console.WriteLine($"  noted {notebook.Lines.Count} time(s)");
        accident.Strike();
        return notebook.Lines.Distinct().Count() == 1;
    }
}
