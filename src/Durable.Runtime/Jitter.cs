namespace Durable;

/// <summary>How chance changes the delays between attempts, so that many runs that failed together do not all come back together.</summary>
public enum Jitter
{
    /// <summary>Not at all: the delay as computed.</summary>
    None = 0,

    /// <summary>Anywhere between nothing and the delay as computed.</summary>
    Full = 1,

    /// <summary>Anywhere between half of the delay as computed and all of it.</summary>
    Equal = 2,
}
