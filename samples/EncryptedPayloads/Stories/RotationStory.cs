using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EncryptedPayloads;

/// <summary>Two referrals live through a change of the key, and through its loss.</summary>
public sealed class RotationStory(string store)
{
    private const string OldKey = "demo-2025";
    private const string NewKey = "demo-2026";

    private static readonly Referral s_first = new("referral-1", new Patient("Ada Marlowe", "1985-12-10", "INS-442-19-7731"), Findings("palpitations at night"));
    private static readonly Referral s_second = new("referral-2", new Patient("Edwin Thorne", "1971-03-02", "INS-108-55-2046"), Findings("urgent: fainted twice"));

    // What an intruder would look for: arguments, results, and what an error says.
    private static readonly string[] s_secrets =
        [s_first.Patient.Name, s_first.Patient.InsuranceNumber, s_second.Patient.Name, s_second.Patient.InsuranceNumber, "palpitations", "fainted", "Cordelia Winter", "the calendar is down"];

    private readonly Calendar _calendar = new();
    private readonly HashSet<string> _found = [];
    private bool _sawLog;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"Key {OldKey} encrypts. The calendar is down for one of two patients.");
        _calendar.OutOfOrderFor = s_second.Patient.Name;
        await LiveAsync(Practice.Build(store, _calendar), StartAsync, cancellationToken);

        Console.WriteLine($"Key {NewKey} encrypts, and {OldKey} got lost. The calendar works again, and the failed run is resumed.");
        _calendar.OutOfOrderFor = null;
        await LiveAsync(Practice.Build(store, _calendar, NewKey, lostKey: OldKey), ResumeAsync, cancellationToken);

        Console.WriteLine($"Key {OldKey} is back, for reading. The run is resumed.");
        await LiveAsync(Practice.Build(store, _calendar, NewKey), ResumeAsync, cancellationToken);

        if (_found.Count > 0)
            throw new LeakException($"In the files of the store stands: {string.Join(", ", _found)}.");
        if (!_sawLog)
            throw new LeakException("The log of the database was never seen.");
        Console.WriteLine();
        Console.WriteLine($"Names, insurance numbers, findings, specialist, the error's message: of {s_secrets.Length} such texts none was found in the database file or its log.");
        Console.WriteLine($"Run ids do, as they have to: {s_first.Number}, {s_second.Number}.");
    }

    private async Task LiveAsync(IHost host, Func<IDurableClient, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using (host)
        {
            await host.StartAsync(cancellationToken);
            var client = host.Services.GetRequiredService<IDurableClient>();
            await act(client, cancellationToken);
            foreach (var referral in (Referral[])[s_first, s_second])
                Console.WriteLine($"  {referral.Number}  {await TellAsync(client.GetRun<Appointment>(referral.Number), cancellationToken)}");
            Search(); // While the log of the database is not empty,
            await host.StopAsync(CancellationToken.None);
        }

        Search(); // and when it was written back.
    }

    private static async Task StartAsync(IDurableClient client, CancellationToken cancellationToken)
    {
        foreach (var referral in (Referral[])[s_first, s_second])
            await client.StartAsync(ReferralWorkflow.ReferCall(referral), referral.Number, cancellationToken: cancellationToken);
    }

    private static Task ResumeAsync(IDurableClient client, CancellationToken cancellationToken) => client.GetRun(s_second.Number).ResumeAsync(cancellationToken: cancellationToken);

    private static async Task<string> TellAsync(RunHandle<Appointment> run, CancellationToken cancellationToken)
    {
        try
        {
            var appointment = await run.GetResultAsync(cancellationToken);
            return $"Completed    {appointment.Specialist}, {appointment.At}";
        }
        catch (RunFailedException failed)
        {
            return $"Failed       {failed.Error.Message}";
        }
        catch (RunQuarantinedException setAside)
        {
            return $"Quarantined  {setAside.Error.Message.ReplaceLineEndings("\n               ")}";
        }
        catch (PayloadCodecException unreadable)
        {
            return $"Completed    {unreadable.Message}";
        }
    }

    private void Search()
    {
        var files = new StoreFiles(store).Read();
        _sawLog |= files.Any(file => file.Name.EndsWith("-wal", StringComparison.Ordinal) && file.Bytes.Length > 0);
        _found.UnionWith(StoreFiles.Find(files, s_secrets));
        // What has to be there is found: the search itself works.
        if (StoreFiles.Find(files, [s_first.Number, s_second.Number]).Count != 2)
            throw new LeakException("The files of the store could not be searched.");
    }

    // Long enough to be worth compressing.
    private static string Findings(string complaint)
        => $"The patient reports {complaint}. {string.Concat(Enumerable.Range(1, 12).Select(week => $"Week {week}: pulse and blood pressure within the usual range, no change of the medication. "))}";
}
