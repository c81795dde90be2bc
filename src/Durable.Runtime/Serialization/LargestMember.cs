using System.Text.Json;

namespace Durable.Serialization;

/// <summary>Finds the member that makes a payload large: one walk over its JSON, items of a list counted together.</summary>
internal static class LargestMember
{
    // Of an object with more names than this, a dictionary, the rest is counted together, as the items of a list are.
    private const int MaxNames = 1_000;

    /// <summary>The innermost member that takes at least half of the payload, or the largest one of the payload itself; no path for a payload without members.</summary>
    /// <param name="json">The payload.</param>
    public static (string Path, long Bytes) Find(ReadOnlySpan<byte> json)
    {
        var node = new Node("");
        try
        {
            Walk(json, node);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A converter of the user's wrote what is no JSON: there are no members to tell apart.
            return ("", json.Length);
        }

        var path = "";
        var (found, bytes) = (path, node.Bytes);
        var half = node.Bytes / 2;
        while (node.Largest is { } child && (found.Length == 0 || child.Bytes >= half))
        {
            path += path.Length == 0 ? child.Name.TrimStart('.') : child.Name;
            node = child;
            // A list and its items are the same place: the items are named only on the way to a member of theirs.
            if (child.Name != Node.Items || found.Length == 0)
                (found, bytes) = (path, child.Bytes);
        }

        return (found, bytes);
    }

    private static void Walk(ReadOnlySpan<byte> json, Node root)
    {
        var next = root;
        var open = new Stack<(Node Node, long Start, bool IsArray)>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (open.TryPeek(out var container) && container.IsArray)
                next = container.Node.Child(Node.Items);
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    next = container.Node.Child("." + reader.GetString());
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push((next, reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartArray));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    container.Node.Bytes += reader.BytesConsumed - container.Start;
                    break;
                default:
                    next.Bytes += reader.BytesConsumed - reader.TokenStartIndex;
                    break;
            }
        }
    }

    private sealed class Node(string name)
    {
        public const string Items = "[]";

        private readonly Dictionary<string, Node> _children = new(StringComparer.Ordinal);

        public string Name { get; } = name;

        public long Bytes { get; set; }

        public Node? Largest => _children.Values.MaxBy(child => child.Bytes);

        public Node Child(string name)
        {
            if (_children.TryGetValue(name, out var child))
                return child;
            var key = _children.Count < MaxNames ? name : Items;
            if (!_children.TryGetValue(key, out child))
                _children.Add(key, child = new Node(key));
            return child;
        }
    }
}
