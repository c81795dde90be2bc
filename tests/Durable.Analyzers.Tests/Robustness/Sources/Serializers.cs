using System.Buffers;
using Durable;

[assembly: PayloadSerializer(typeof(LinkSerializer))]

public sealed partial class Archive
{
    [Workflow, PayloadSerializer(typeof(PageSerializer))] internal partial Task<Page> KeepAsync(Page page, [Sensitive] string owner, Dictionary<Uri, Page?> links);
    [Step, PayloadSerializer(typeof(CountSerializer))] private partial ValueTask<int> CountAsync([StepKey] string id, [Sensitive, NotFingerprinted] Secret secret);
    [Step] [return: Sensitive] private partial Task<(Secret, Hidden)> HideAsync(Hidden? hidden = null);

    private async Task<Page> KeepAsyncCore(Page page, string owner, Dictionary<Uri, Page?> links, WorkflowContext workflow)
    {
        await CountAsync("a", new(owner) { Note = "n" });
        await workflow.StepAsync("secret", _ => Task.FromResult(new Secret(owner)));
        return page with { Count = (await HideAsync()).Item1.Text.Length };
    }

    private static ValueTask<int> CountAsyncCore(string id, Secret secret) => new(id.Length);
    private (Secret, Hidden) HideAsyncCore(Hidden? hidden) => (new("s"), hidden ?? new());

    [PayloadSerializer(typeof(HiddenSerializer))] private sealed class Hidden { [Sensitive] public string Text = ""; }
    private sealed class HiddenSerializer : Bytes<Hidden>;
    private sealed class CountSerializer : Bytes<int>;
}

public sealed record Secret([Sensitive] string Text) { [Sensitive] public string? Note { get; init; } }

[PayloadSerializer(typeof(PageSerializer))] public sealed record Page(object Content) { public int Count { get; init; } }

public sealed class PageSerializer : Bytes<Page>;
public sealed class LinkSerializer : Bytes<Uri>;

public abstract class Bytes<T> : PayloadSerializer<T>
{
    public override void Write(T value, IBufferWriter<byte> payload) => payload.GetSpan(1);
    public override T Read(ReadOnlySpan<byte> payload) => throw new FormatException();
}
