namespace Durable.SoakTarget;

/// <summary>Four kinds of runs, by their number: steps one after the other, branches, a failure that is caught, and one that lasts until somebody repairs its cause.</summary>
public sealed partial class Story(Workplace place)
{
    [Workflow] public partial Task<Tale> TellAsync(int number);

    [Step] private partial Task<Link> BeginAsync(int number);
    [Step] private partial Task<Link> GoOnAsync(Link from);
    [Step] private partial Task<Link> JoinAsync(IReadOnlyList<Link> from);
    [Step] private partial Task<Link> FailAsync(Link from);
    [Step] private partial Task<Link> BreakAsync(Link from);

    private async Task<Tale> TellAsyncCore(int number, WorkflowContext workflow)
    {
        var links = new List<Link> { await BeginAsync(number) };
        switch (number % 4)
        {
            case 0:
                for (var turn = 0; turn < 5; turn++)
                    links.Add(await GoOnAsync(links[^1]));
                break;
            case 1:
                var branches = await Task.WhenAll(Enumerable.Range(0, 3).Select(branch => workflow.ScopeAsync("branch", _ => BranchAsync(links[0]))));
                links.AddRange(branches.SelectMany(branch => branch));
                links.Add(await JoinAsync(links));
                break;
            case 2:
                try
                {
                    links.Add(await FailAsync(links[^1]));
                }
                catch (StepFailedException)
                {
                    links.Add(await GoOnAsync(links[^1]));
                }

                break;
            default:
                links.Add(await BreakAsync(links[^1]));
                links.Add(await GoOnAsync(links[^1]));
                break;
        }

        return new Tale(links);
    }

    private async Task<Link[]> BranchAsync(Link from)
    {
        var first = await GoOnAsync(from);
        return [first, await GoOnAsync(first)];
    }

    private Link BeginAsyncCore(int number, StepContext step) => Prove(step);
    private Link GoOnAsyncCore(Link from, StepContext step) => Prove(step, from);
    private Link JoinAsyncCore(IReadOnlyList<Link> from, StepContext step) => Prove(step, from);

    private Link FailAsyncCore(Link from, StepContext step)
    {
        Prove(step, from);
        throw new InvalidOperationException("It always fails.");
    }

    private Link BreakAsyncCore(Link from, StepContext step)
    {
        var link = Prove(step, from);
        return place.IsRepaired(step.RunId) ? link : throw new InvalidOperationException("It is broken.");
    }

    // Tells what the code was given by other steps, and what it will be given by this one.
    private Link Prove(StepContext step, params IEnumerable<Link> given)
    {
        foreach (var link in given)
            place.History.ResultSeen(step.RunId, link.Step, link.Proof.ToString());
        var proof = new Link(step.StepId, Guid.NewGuid());
        place.History.ResultReturned(step, proof.Proof.ToString());
        return proof;
    }
}
