namespace Acme.Notices;

/// <summary>Where notices go.</summary>
public interface INoticeBoard
{
    /// <summary>Pins a notice.</summary>
    /// <returns>How many notices the board has now.</returns>
    int Pin(string text);
}
