using System.Collections.Immutable;
using Durable;

public static partial class Moves
{
    [Step] private static partial Task<int[]> MoveAsync(IReadOnlyDictionary<Guid, byte[]> points, ImmutableArray<int> steps, Half? half = null, DateOnly day = default);
    private static int[] MoveAsyncCore(IReadOnlyDictionary<Guid, byte[]> points, ImmutableArray<int> steps, Half? half, DateOnly day) => [.. steps];

    [Step] private static partial ValueTask<HashSet<Uri>> LinkAsync(Dictionary<DayOfWeek, List<string?>> days, ISet<int>? numbers, DayOfWeek day = DayOfWeek.Friday, float part = 0.1f, ulong bits = ulong.MaxValue, sbyte low = -5);
    private static ValueTask<HashSet<Uri>> LinkAsyncCore(Dictionary<DayOfWeek, List<string?>> days, ISet<int>? numbers, DayOfWeek day, float part, ulong bits, sbyte low, StepContext step) => new(new HashSet<Uri>());
}
