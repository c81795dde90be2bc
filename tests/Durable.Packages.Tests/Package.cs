using System.IO.Compression;
using System.Xml.Linq;

namespace Durable.Packages.Tests;

/// <summary>What is in a packed file.</summary>
public sealed class Package : IDisposable
{
    private readonly ZipArchive _archive;

    public Package(string path)
    {
        _archive = ZipFile.OpenRead(path);
        using var specification = _archive.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        Specification = XDocument.Load(specification);
    }

    /// <summary>What the package says of itself.</summary>
    public XDocument Specification { get; }

    /// <summary>All files but what the package format itself adds.</summary>
    public IReadOnlyList<string> Files => [.. _archive.Entries.Select(entry => entry.FullName)
        .Where(file => file is not ("[Content_Types].xml" or "_rels/.rels") && !file.StartsWith("package/", StringComparison.Ordinal) && !file.EndsWith(".nuspec", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public void Dispose() => _archive.Dispose();

    public IReadOnlyList<XElement> Elements(string name) => [.. Specification.Descendants().Where(element => element.Name.LocalName == name)];

    /// <summary>The text of an element that stands there once, and is not empty.</summary>
    public string Value(string name)
    {
        var value = Assert.Single(Elements(name)).Value;
        Assert.NotEmpty(value);
        return value;
    }

    public string Text(string file) => System.Text.Encoding.UTF8.GetString(Bytes(file));

    public byte[] Bytes(string file)
    {
        using var bytes = new MemoryStream();
        using var stream = _archive.GetEntry(file)!.Open();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
