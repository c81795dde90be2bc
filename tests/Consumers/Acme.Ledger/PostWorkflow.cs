using Durable;

namespace Acme.Ledger;

/// <summary>Books entries. Written in C# 12, which every version compiles.</summary>
/// <param name="first">The number of the first entry.</param>
public sealed partial class PostWorkflow(FirstNumber first)
{
    /// <summary>Books entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="separator">What stands between their numbers.</param>
    [Workflow]
    public partial Task<string> PostAsync(Entry[] entries, string separator = ", ");

    [Step] private partial Task<int> BookAsync([StepKey] string account, Entry entry, int place);

    private async Task<string> PostAsyncCore(Entry[] entries, string separator)
    {
        List<int> numbers = [];
        foreach (var entry in entries)
            numbers.Add(await BookAsync(entry.Account, entry, numbers.Count));
        return string.Join(separator, numbers);
    }

    private int BookAsyncCore(string account, Entry entry, int place) => first.Value + place;
}
