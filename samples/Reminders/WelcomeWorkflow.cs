using Durable;

namespace Reminders;

/// <summary>Who signs up is welcomed, and reminded after a day unless they have confirmed by then.</summary>
public sealed partial class WelcomeWorkflow(IMailer mailer)
{
    // What is durable. The generator writes these halves.
    [Workflow] public partial Task<string> WelcomeAsync(string user);

    [Step] private partial Task SendWelcomeAsync(string user);
    [Step] private partial Task SendReminderAsync(string user);
    [Signal] public partial Task<WaitResult<Confirmation>> ConfirmedAsync(TimeSpan limit);

    // What they do: plain C#. While it waits, the run is a row in the store and nothing else.
    private async Task<string> WelcomeAsyncCore(string user)
    {
        await SendWelcomeAsync(user);
        var confirmation = await ConfirmedAsync(limit: TimeSpan.FromHours(24));
        if (confirmation.TryGetValue(out var confirmed))
            return $"confirmed ({confirmed.By})";

        await SendReminderAsync(user);
        return "was reminded";
    }

    // The token is the same each time a body runs for this user, so that a mail that is handed over twice is sent once.
    private Task SendWelcomeAsyncCore(string user, StepContext step) => mailer.SendAsync("welcome", user, step.IdempotencyToken);

    private Task SendReminderAsyncCore(string user, StepContext step) => mailer.SendAsync("reminder", user, step.IdempotencyToken);
}
