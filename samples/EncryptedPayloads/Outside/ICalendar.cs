namespace EncryptedPayloads;

/// <summary>The calendars of the specialists.</summary>
public interface ICalendar
{
    /// <summary>Books a visit; the same token books it once.</summary>
    /// <exception cref="CalendarException">It cannot.</exception>
    Task<Appointment> BookAsync(Patient patient, Guid token);
}

/// <summary>No visit could be booked.</summary>
public sealed class CalendarException(string message) : Exception(message);
