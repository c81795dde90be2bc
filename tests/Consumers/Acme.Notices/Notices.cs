using Durable;

namespace Acme.Notices;

/// <summary>Steps for whoever has something to tell.</summary>
public sealed partial class Notices(INoticeBoard board)
{
    [Step] public partial Task<int> PostAsync([StepKey] string topic, string text);

    [Step] public partial Task<Bundle> PostAllAsync(Bundle bundle);

    private Task<int> PostAsyncCore(string topic, string text) => Task.FromResult(board.Pin($"{topic}: {text}"));

    private Bundle PostAllAsyncCore(Bundle bundle)
    {
        foreach (var notice in bundle)
            board.Pin($"{notice.Topic}: {notice.Text}");
        return bundle;
    }
}
