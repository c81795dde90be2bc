using System.Text;
using Durable.Payloads;

namespace Durable.Generators.Emission;

/// <summary>Gives each type an identifier that no other has.</summary>
internal static class PayloadIdentifiers
{
    /// <summary>The types with their identifiers.</summary>
    /// <param name="types">The types, distinct and in the order of the output.</param>
    public static IReadOnlyList<(PayloadTypeModel Type, string Id)> Name(IEnumerable<PayloadTypeModel> types)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var named = new List<(PayloadTypeModel, string)>();
        foreach (var type in types)
        {
            var plain = Plain(type.Name);
            var id = plain;
            for (var number = 2; !taken.Add(id); number++)
                id = $"{plain}_{number}";
            named.Add((type, id));
        }

        return named;
    }

    private static string Plain(string name)
    {
        var id = new StringBuilder(name.Length);
        foreach (var part in name.Replace("global::", "").Replace("[]", "Array").Replace("?", "Nullable"))
        {
            if (char.IsLetterOrDigit(part) || part == '_')
                id.Append(part);
            else if (part is not (' ' or '@' or '>'))
                id.Append('_');
        }

        return id.ToString();
    }
}
