using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>A <c>[DurableError]</c> type.</summary>
/// <param name="Data">How its data is stored. One that cannot be is reported, and not registered.</param>
internal sealed record ErrorModel(PayloadModel Data)
{
    /// <summary>Those that can be brought back, each once, whatever the order of files and parts.</summary>
    public static IEnumerable<ErrorModel> Distinct(IEnumerable<ErrorModel> errors)
        => errors.Where(error => error.Data.IsStorable).Distinct().OrderBy(error => error.Data.RootName, StringComparer.Ordinal);
}
