namespace Durable.Storage.Contract.Model;

/// <summary>Bytes to store.</summary>
internal static class Payload
{
    public static byte[] Of(int size) => [.. Enumerable.Range(0, size).Select(index => (byte)((index * 31) + size))];
}
