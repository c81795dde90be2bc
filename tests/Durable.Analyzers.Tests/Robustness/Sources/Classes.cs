using System.Text.Json.Serialization;
using Durable;

public abstract partial class Drawing
{
    [Step] internal partial Task<Square[]> DrawAsync(Node<int> node, Version2 version);
    protected abstract Task<Square[]> DrawAsyncCore(Node<int> node, Version2 version);
}

public class Shape
{
    [JsonConstructor] internal Shape() { }
    public Shape(int sides) => Sides = sides;
    public int Sides { get; private init; }
    public virtual string Label { get; init; } = "";
    [JsonInclude] public long Field;
}

public sealed class Square : Shape { public override string Label { get; init; } = "square"; public new int Sides { get; set; } }

public struct Version2 { public int Major { get; set; } public Square? Shape { get; init; } public KeyValuePair<string, int> Pair { get; set; } }

public class Node<T>(T value, Node<T>? next) { public T Value { get; } = value; public Node<T>? Next => next; }
