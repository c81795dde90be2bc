using Durable;

namespace EncryptedPayloads;

/// <summary>Write a letter, book an appointment. Nothing here knows that what it stores is encrypted.</summary>
public sealed partial class ReferralWorkflow(ICalendar calendar)
{
    [Workflow] public partial Task<Appointment> ReferAsync(Referral referral);

    // A key is stored as it is, to be found again: the number, never the name.
    [Step] private partial Task<Letter> WriteLetterAsync([StepKey] string number, Patient patient, string findings);
    [Step] private partial Task<Appointment> BookAsync([StepKey] string number, Patient patient);

    private async Task<Appointment> ReferAsyncCore(Referral referral)
    {
        var letter = await WriteLetterAsync(referral.Number, referral.Patient, referral.Findings);
        var appointment = await BookAsync(referral.Number, referral.Patient);
        return letter.Text.Contains("urgent", StringComparison.Ordinal) ? appointment with { At = appointment.At + ", as an emergency" } : appointment;
    }

    private Letter WriteLetterAsyncCore(string number, Patient patient, string findings)
        => new("Dear colleague,", $"{patient.Name}, born on {patient.BornOn}, comes to you with these findings: {findings}");

    private Task<Appointment> BookAsyncCore(string number, Patient patient, StepContext step) => calendar.BookAsync(patient, step.IdempotencyToken);
}
