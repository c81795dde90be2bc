using System.Globalization;
using System.Text;

namespace Approval;

/// <summary>Writes what it is told to a file, a line each. It is not part of the store: it is how you check from outside what was paid.</summary>
public sealed class PaymentFile(Settings settings) : IPayments
{
    private readonly Lock _gate = new();

    public Task PayBackAsync(string order, decimal amount, Guid token) => AppendAsync(string.Create(CultureInfo.InvariantCulture, $"{order} gets {amount} back"), token);

    public Task RefuseAsync(string order, string reason, Guid token) => AppendAsync($"{order} gets nothing: {reason}", token);

    private Task AppendAsync(string line, Guid token)
    {
        lock (_gate)
        {
            if (File.Exists(settings.Payments) && File.ReadLines(settings.Payments).Any(known => known.StartsWith($"{token:N} ", StringComparison.Ordinal)))
                return Task.CompletedTask;
            using var file = new FileStream(settings.Payments, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes($"{token:N} {line}\n")); // Unbuffered, so one write a line: a kill leaves whole lines only.
            file.Flush(flushToDisk: true);
            Console.WriteLine(line);
        }

        return Task.CompletedTask;
    }
}
