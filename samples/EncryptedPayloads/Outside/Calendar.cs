namespace EncryptedPayloads;

/// <summary>A calendar that can be out of order, and is indiscreet about it.</summary>
public sealed class Calendar : ICalendar
{
    /// <summary>Whose visit cannot be booked; null when everything works.</summary>
    public string? OutOfOrderFor { get; set; }

    public Task<Appointment> BookAsync(Patient patient, Guid token)
        => patient.Name == OutOfOrderFor
            ? throw new CalendarException($"No visit for {patient.Name} ({patient.InsuranceNumber}): the calendar is down.")
            : Task.FromResult(new Appointment("Dr. Cordelia Winter", "12 May, 9:30"));
}
