using Microsoft.Extensions.DependencyInjection;

namespace Durable.Storage.Contract.Faults;

/// <summary>The workflows of the scenarios: each puts letters together, and each letter is a step.</summary>
/// <param name="services">Have the witness, when a scenario is played; a test project with workflows of its own registers these too, and may have its container validated.</param>
internal sealed partial class Letters(IServiceProvider services)
{
    private readonly Witness _witness = services.GetRequiredService<Witness>();

    /// <summary>Five steps, the third of which outlasts several renewals of the lease.</summary>
    [Workflow] public partial Task<string> InSequenceAsync();

    /// <summary>Steps side by side, alone and in scopes.</summary>
    [Workflow] public partial Task<string> InBranchesAsync();

    /// <summary>A step that fails, and code that goes on without it.</summary>
    [Workflow] public partial Task<string> PastAFailureAsync();

    /// <summary>A step that fails the run until the world is mended.</summary>
    [Workflow] public partial Task<string> UntilMendedAsync();

    /// <summary>Code that fails, and once it is edited asks for a new step before an old one.</summary>
    [Workflow] public partial Task<string> EditedAsync();

    [Step] private partial Task<string> LetterAsync([StepKey] string letter);

    [Step] private partial Task<string> BrokenAsync([StepKey] string letter);

    private async Task<string> InSequenceAsyncCore()
    {
        var text = "";
        foreach (var letter in (string[])["a", "b", Witness.Long, "d", "e"])
            text += await LetterAsync(letter);
        return text;
    }

    private async Task<string> InBranchesAsyncCore(WorkflowContext workflow)
    {
        var first = await LetterAsync("a");
        var sides = await Task.WhenAll(
            LetterAsync("b"),
            LetterAsync(Witness.Long),
            workflow.ScopeAsync("left", async _ => await LetterAsync("d") + await LetterAsync("e")),
            workflow.ScopeAsync("right", async _ => await LetterAsync("d") + await LetterAsync("f")));
        return $"{first} {string.Join(' ', sides)} {await LetterAsync("g")}";
    }

    private async Task<string> PastAFailureAsyncCore()
    {
        var text = await LetterAsync("a");
        try
        {
            text += await BrokenAsync("b");
        }
        catch (StepFailedException exception)
        {
            text += $"({exception.Error.Message})";
        }

        return text + await LetterAsync("c");
    }

    private async Task<string> UntilMendedAsyncCore()
        => await LetterAsync("a") + await BrokenAsync("b") + await LetterAsync("c");

    private async Task<string> EditedAsyncCore()
    {
        var text = await LetterAsync("a");
        if (_witness.IsEdited)
            text += await LetterAsync("x");
        text += await LetterAsync("b");
        return _witness.IsEdited ? text : throw new InvalidOperationException("The code has a bug.");
    }

    private async Task<string> LetterAsyncCore(string letter, StepContext step)
    {
        await _witness.WorkAsync(step, letter);
        return letter;
    }

    private async Task<string> BrokenAsyncCore(string letter, StepContext step)
    {
        await _witness.WorkAsync(step, letter);
        return _witness.IsMended ? letter : throw new InvalidOperationException("broken");
    }
}
