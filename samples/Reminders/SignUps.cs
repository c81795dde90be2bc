using Durable;

namespace Reminders;

/// <summary>Two users sign up. Ada confirms by herself after three hours; Grace does not, unless you do it for her.</summary>
public sealed class SignUps(IDurableClient client, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Users = ["ada", "grace"];

    private static readonly TimeSpan s_adaConfirmsAfter = TimeSpan.FromHours(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Each user is a run with a name of its own: starting it again finds the one that exists.
        var runs = new List<RunHandle<string>>();
        foreach (var user in Users)
            runs.Add(await client.StartAsync(WelcomeWorkflow.WelcomeCall(user), RunId(user), cancellationToken: cancellationToken));

        await AdaConfirmsAsync(runs[0], cancellationToken);
        foreach (var (user, run) in Users.Zip(runs))
            Console.WriteLine($"{user,-5}  {await run.GetResultAsync(cancellationToken)}");
    }

    /// <summary>Confirms for a user. Doing it again does nothing: the message id tells that it is the same confirmation.</summary>
    /// <exception cref="RunNotFoundException">Nobody of that name has signed up.</exception>
    /// <exception cref="RunNotSignalableException">The day is over, or they had confirmed before.</exception>
    public static Task ConfirmAsync(IDurableClient client, string user, string by, CancellationToken cancellationToken)
        => client.GetRun(RunId(user)).SignalAsync(WelcomeWorkflow.ConfirmedSignal(new Confirmation(by)), messageId: "confirmation", cancellationToken);

    private async Task AdaConfirmsAsync(RunHandle run, CancellationToken cancellationToken)
    {
        var end = run.GetResultAsync(cancellationToken);
        var info = await run.GetInfoAsync(cancellationToken);
        if (info.EndedAt is not null)
            return;
        var due = info.CreatedAt + s_adaConfirmsAfter;
        if (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.WhenAny(end, Task.Delay(left, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (end.IsCompleted)
            return;
        try
        {
            await ConfirmAsync(client, Users[0], "link", cancellationToken);
            Console.WriteLine($"{Clock.Show(clock.GetUtcNow())}  {Users[0]} confirms");
        }
        catch (RunNotSignalableException)
        {
            // The day was over before this process was started.
        }
    }

    private static string RunId(string user) => $"welcome-{user}";
}
