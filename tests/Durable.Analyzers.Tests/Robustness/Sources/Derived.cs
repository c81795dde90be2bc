using System.Text.Json;
using System.Text.Json.Serialization;
using Durable;

public sealed partial class Payments
{
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Card), "card"), JsonDerivedType(typeof(Cash), 2)] internal abstract record Payment(int Amount);
    internal sealed record Card(int Amount, (string Number, DateOnly? Until) Details) : Payment(Amount);
    internal record Cash(int Amount) : Payment(Amount) { public SortedDictionary<char, JsonElement> Notes { get; } = []; }

    [Workflow] internal partial Task<(Payment? Last, Tuple<int> Count)> PayAsync(Payment payment, (int A, (string, int?) B) extra = default);
    private async Task<(Payment? Last, Tuple<int> Count)> PayAsyncCore(Payment payment, (int A, (string, int?) B) extra) => (await SettleAsync((payment, extra.A)), new(1));

    [Step] private partial Task<Payment?> SettleAsync((Payment, int) payment, ReadOnlyMemory<byte> bytes = default);
    private Payment? SettleAsyncCore((Payment, int) payment, ReadOnlyMemory<byte> bytes) => payment.Item1;
}
