using Durable;

namespace Acme.Ledger;

/// <summary>Adds amounts up, with what C# 13 brought.</summary>
public sealed partial class SumWorkflow
{
    private readonly Lock _gate = new();

    /// <summary>How often something was added.</summary>
    public partial int Additions { get; private set; }

    /// <summary>Adds amounts up.</summary>
    /// <param name="style">What stands before the sum.</param>
    /// <param name="amounts">The amounts.</param>
    [Workflow]
    public partial Task<string> SumAsync(string style = "\e[1m", params IReadOnlyList<int> amounts);

    [Step] private partial Task<int> AddAsync(params List<int> amounts);

    private async Task<string> SumAsyncCore(string style, IReadOnlyList<int> amounts)
    {
        ReadOnlySpan<char> mark = style.AsSpan(1);
        var shown = mark.ToString();
        return $"{shown} {await AddAsync([.. amounts])} {await AddAsync(4, 5)}";
    }

    private int AddAsyncCore(List<int> amounts)
    {
        lock (_gate)
            Additions++;
        return amounts.Sum();
    }
}
