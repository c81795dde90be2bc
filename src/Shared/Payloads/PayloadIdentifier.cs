using System.Globalization;
using System.Text;

namespace Durable.Payloads;

/// <summary>The identifier of a type among the members that are generated for it: a pure function of the name, so that every generated file finds them.</summary>
internal static class PayloadIdentifier
{
    /// <summary>Such as <c>Acme_Order</c>. A name that others could be confused with has a hash behind it.</summary>
    /// <param name="name">The fully qualified name, without nullable annotations.</param>
    public static string Of(string name)
    {
        var id = new StringBuilder(name.Length);
        // The classes that the members stand in, and that they name each other by.
        var isAmbiguous = name is "global::DurablePayloads" or "global::DurableJson" or "global::DurableFingerprints";
        foreach (var part in name.Replace("global::", ""))
        {
            isAmbiguous |= part != '.' && !char.IsLetterOrDigit(part);
            if (char.IsLetterOrDigit(part) || part == '_')
                id.Append(part);
            else if (part is not (' ' or '@' or '>' or ']' or '?'))
                id.Append('_');
        }

        return isAmbiguous ? id.Append('_').Append(Hash(name).ToString("x16", CultureInfo.InvariantCulture)).ToString() : id.ToString();
    }

    // FNV-1a: equal in every process, which a string's own hash is not.
    private static ulong Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in name)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }
}
