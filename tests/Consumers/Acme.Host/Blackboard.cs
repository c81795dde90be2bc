using Acme.Notices;

namespace Acme.Host;

/// <summary>Notices on the console.</summary>
internal sealed class Blackboard : INoticeBoard
{
    private int _notices;

    public int Pin(string text)
    {
        Console.WriteLine(text);
        return ++_notices;
    }
}
