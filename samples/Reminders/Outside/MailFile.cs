namespace Reminders;

/// <summary>Writes mails to a file, a line each, instead of sending them. It is not part of the store: it is how you check from outside what was sent.</summary>
public sealed class MailFile(Settings settings, TimeProvider clock) : IMailer
{
    private readonly Lock _gate = new();

    public Task SendAsync(string kind, string user, Guid token)
    {
        lock (_gate)
        {
            if (File.Exists(settings.Mails) && File.ReadLines(settings.Mails).Any(line => line.EndsWith($" {token:N}", StringComparison.Ordinal)))
                return Task.CompletedTask;
            using var file = new FileStream(settings.Mails, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var now = clock.GetUtcNow();
            file.Write(System.Text.Encoding.UTF8.GetBytes($"{now:O} {kind} {user} {token:N}\n")); // Unbuffered, so one write a line: a kill leaves whole lines only.
            file.Flush(flushToDisk: true);
            Console.WriteLine($"{Clock.Show(now)}  mail: {kind} to {user}");
        }

        return Task.CompletedTask;
    }
}
