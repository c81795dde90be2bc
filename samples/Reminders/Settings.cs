namespace Reminders;

/// <summary>What the user asked for on the command line.</summary>
public sealed record Settings
{
    public required string Store { get; init; }

    /// <summary>The file that the mailer writes instead of sending.</summary>
    public required string Mails { get; init; }

    /// <summary>True for a clock that goes <see cref="FastClock.Factor"/> times as fast.</summary>
    public required bool Fast { get; init; }
}
