using System.Security.Cryptography;
using System.Text;

namespace OrderProcessing;

/// <summary>Decides which calls the payment gateway refuses: one in four, by chance, and the same ones for the same seed.</summary>
/// <param name="seed">What chance begins with; null for a gateway that refuses nothing.</param>
public sealed class Chaos(int? seed)
{
    private const int RefusedOf256 = 64;

    public bool IsOn => seed is not null;

    /// <param name="orderId">The order.</param>
    /// <param name="earlierCalls">How many calls about this order have reached the gateway before.</param>
    public bool Refuses(string orderId, int earlierCalls)
        => IsOn && SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{orderId}/{earlierCalls}"))[0] < RefusedOf256;
}
