using System.Text;

namespace Durable.Generators.Payloads;

/// <summary>Lines of code, indented by their blocks.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line);
        _text.Append('\n');
    }

    public void Lines(string lines)
    {
        foreach (var line in lines.Replace("\r\n", "\n").Split('\n'))
            Line(line);
    }

    /// <summary>Writes a header and what follows in braces.</summary>
    /// <param name="header">The line before the brace.</param>
    /// <param name="body">Writes the inside.</param>
    /// <param name="end">What follows the closing brace.</param>
    public void Block(string header, Action body, string end = "")
    {
        Line(header);
        Line("{");
        _depth++;
        body();
        _depth--;
        Line("}" + end);
    }

    public override string ToString() => _text.ToString();
}
