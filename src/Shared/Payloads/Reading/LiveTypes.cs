using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Types of the library whose objects mean something in their process only, so that no serializer brings them back.</summary>
internal static class LiveTypes
{
    public const string Reason = "means something in this process only: store the data, or an id with which the next step finds it";

    private static readonly HashSet<string> s_names =
    [
        "System.IO.Stream", "System.IO.TextReader", "System.IO.TextWriter",
        "System.Threading.CancellationToken", "System.Threading.CancellationTokenSource", "System.Threading.Thread", "System.Threading.WaitHandle",
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1",
        "System.IntPtr", "System.UIntPtr", "System.Runtime.InteropServices.SafeHandle", "System.Runtime.InteropServices.CriticalHandle",
        "System.Type", "System.Reflection.MemberInfo", "System.Reflection.Assembly", "System.Reflection.Module", "System.Reflection.ParameterInfo",
    ];

    /// <summary>True for such a type, and for one derived from it.</summary>
    public static bool Include(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (s_names.Contains(current.DefinitionName()))
                return true;
        }

        return false;
    }
}
