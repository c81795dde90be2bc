using System.Buffers;
using System.Globalization;
using System.Text;
using Durable;

namespace Steps;

/// <summary>Results are stored as JSON, unless a step names what writes and reads them.</summary>
public static partial class CustomSerialization
{
    [Workflow] public static partial Task<double> MeasureAsync();

    [Step, PayloadSerializer(typeof(Semicolons))] private static partial Task<IReadOnlyList<double>> ReadSensorAsync();

    private static async Task<double> MeasureAsyncCore() => (await ReadSensorAsync()).Average();

    private static IReadOnlyList<double> ReadSensorAsyncCore() => [20.5, 21, 21.5];

    /// <summary>Numbers with semicolons between them.</summary>
    public sealed class Semicolons : PayloadSerializer<IReadOnlyList<double>>
    {
        public override void Write(IReadOnlyList<double> value, IBufferWriter<byte> payload)
            => payload.Write(Encoding.UTF8.GetBytes(string.Join(';', value.Select(number => number.ToString(CultureInfo.InvariantCulture)))));

        public override IReadOnlyList<double> Read(ReadOnlySpan<byte> payload)
            => [.. Encoding.UTF8.GetString(payload).Split(';').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }
}
