namespace Steps;

/// <summary>An example.</summary>
/// <param name="Name">What it is called on the command line; also the id of its run.</param>
/// <param name="Summary">What it shows, in one line.</param>
/// <param name="PlayAsync">Starts its run and shows what comes of it.</param>
public sealed record Example(string Name, string Summary, Func<Stage, Task> PlayAsync)
{
    /// <summary>True for one that begins in a process of its own, which dies.</summary>
    public bool DiesFirst { get; init; }

    /// <summary>All of them, in the order of the README.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        new("first-step", "a step runs once, and its result is kept", async stage =>
        {
            await stage.RunAsync(FirstStep.AddCall(5, 3));
            await stage.RunAsync(FirstStep.AddCall(5, 3));
        }),
        new("named", "steps are named by their methods, or by hand", stage => stage.RunAsync(NamedSteps.NameCall())),
        new("inline", "steps without a declaration, for what is known only at run time", stage => stage.RunAsync(InlineSteps.VisitCall(["Oslo", "Rome"]))),
        new("configuration", "what can be said of a step, on its declaration or in its options", stage => stage.RunAsync(Configuration.ProcessCall("orders"))),
        new("backoff", "a failed step is tried again, each time after twice the delay, up to a cap", stage => stage.RunAsync(Backoff.CallBusyServiceCall())),
        new("chosen-errors", "only errors that may pass are tried again", stage => stage.RunAsync(ChosenErrors.LookUpBothCall())),
        new("at-least-once", "a body whose process died runs again, with the same token", stage => stage.RunAsync(AtLeastOnce.PayCall(99.90m))) { DiesFirst = true },
        new("at-most-once", "a body whose process died does not run again; what became of it is looked up", stage => stage.RunAsync(AtMostOnce.PayCall(99.90m))) { DiesFirst = true },
        new("at-most-once-per-attempt", "an attempt whose process died counts as failed, and another follows", stage => stage.RunAsync(AtMostOncePerAttempt.PayCall(99.90m))) { DiesFirst = true },
        new("sequence", "one step after the other; what was done before a crash is not done again", stage => stage.RunAsync(Sequence.WelcomeCall("user-7"))) { DiesFirst = true },
        new("error-handling", "a failure is caught, and the code takes another way", stage => stage.RunAsync(ErrorHandling.ReserveCall("lamp"))),
        new("failed-run", "a failure that nobody catches fails the run, which can be resumed", async stage =>
        {
            var run = await stage.RunAsync(FailedRun.PublishCall());
            stage.Notebook.Add("paper");
            await stage.ResumeAsync(run);
        }),
        new("custom-serialization", "a step's result in a form of your own", stage => stage.RunAsync(CustomSerialization.MeasureCall())),
        new("recorded-chance", "chance that is the same after a crash", stage => stage.RunAsync(RecordedChance.DrawCall())) { DiesFirst = true },
    ];
}
