using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>
/// Writes the canonical form of arguments and hashes it to 64 bits. The form is part of the storage format: fingerprints written today are compared for years.
/// </summary>
/// <remarks>
/// Members by name in ordinal order, null members left out, whole numbers and decimals by value whatever their type, sets and dictionaries sorted by their items' canonical bytes.
/// The hash is the first eight bytes of SHA-256: it need not be secret, only equal on every machine and never equal by accident.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FingerprintWriter
{
    [ThreadStatic]
    private static FingerprintWriter? t_spare;

    private readonly Stack<List<int>> _unordered = new();
    private byte[] _buffer = new byte[256];
    private int _length;
    private int _pendingMember = -1;
    private int _depth;

    private FingerprintWriter() => Arguments = new ArgumentsWriter(this);

    /// <summary>Adds the arguments of a step's call.</summary>
    internal ArgumentsWriter Arguments { get; }

    /// <summary>The fingerprint of a call's arguments; 0 without a writer.</summary>
    /// <param name="write">Writes the canonical form; null for none.</param>
    /// <param name="arguments">The arguments.</param>
    public static long Hash<TArguments>(Action<FingerprintWriter, TArguments>? write, TArguments arguments)
    {
        if (write is null)
            return 0;
        var writer = t_spare ?? new FingerprintWriter();
        t_spare = null;
        try
        {
            write(writer, arguments);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(writer._buffer.AsSpan(0, writer._length), hash);
            return BinaryPrimitives.ReadInt64BigEndian(hash);
        }
        finally
        {
            writer.Reset();
            t_spare = writer;
        }
    }

    /// <summary>Opens an object. Its members follow in ordinal order of their names.</summary>
    public void BeginObject() => Open('{');

    /// <summary>Names the member whose value follows. A null value takes the name back.</summary>
    /// <param name="name">The member's name as it is stored.</param>
    public void Member(string name)
    {
        var start = _length;
        Text(name);
        _pendingMember = start;
    }

    /// <summary>Closes an object.</summary>
    public void EndObject() => Close('}');

    /// <summary>Opens a list, whose items follow in their order.</summary>
    public void BeginList() => Open('[');

    /// <summary>Closes a list.</summary>
    public void EndList() => Close(']');

    /// <summary>Opens a set or dictionary, whose items follow, each after <see cref="Item"/>, in any order.</summary>
    public void BeginUnordered()
    {
        Open('(');
        _unordered.Push([]);
    }

    /// <summary>Says that the next item of a set, or key and value of a dictionary, follows.</summary>
    public void Item() => _unordered.Peek().Add(_length);

    /// <summary>Sorts the items and closes the set or dictionary.</summary>
    public void EndUnordered()
    {
        var starts = _unordered.Pop();
        if (starts.Count > 1)
        {
            var items = new byte[starts.Count][];
            for (var i = 0; i < items.Length; i++)
                items[i] = _buffer[starts[i]..(i + 1 < items.Length ? starts[i + 1] : _length)];
            Array.Sort(items, static (a, b) => a.AsSpan().SequenceCompareTo(b));
            _length = starts[0];
            foreach (var item in items)
                Raw(item);
        }

        Close(')');
    }

    /// <summary>Writes null; as a member's value it takes the member back.</summary>
    public void Null()
    {
        if (_pendingMember >= 0)
        {
            _length = _pendingMember;
            _pendingMember = -1;
        }
        else
        {
            Tag('n');
        }
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">The value.</param>
    public void Boolean(bool value) => Tag(value ? 't' : 'f');

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The value.</param>
    public void Integer(long value) => Number(value);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The value.</param>
    public void Integer(ulong value) => Number(value);

    /// <summary>Writes a decimal, without trailing zeros.</summary>
    /// <param name="value">The value.</param>
    public void Decimal(decimal value) => Number(value / 1.000000000000000000000000000000000m);

    /// <summary>Writes a floating-point number.</summary>
    /// <param name="value">The value.</param>
    public void Double(double value) => Number(value);

    /// <summary>Writes any number by its invariant text.</summary>
    /// <param name="value">The value.</param>
    public void Number<T>(T value) where T : IUtf8SpanFormattable
    {
        Tag('#');
        int written;
        while (!value.TryFormat(_buffer.AsSpan(_length), out written, default, CultureInfo.InvariantCulture))
            Grow(_buffer.Length);
        _length += written;
        Tag(';');
    }

    /// <summary>Writes a time: a local one by its instant, since machines of other time zones show it otherwise, and marked, since it is another value than that instant in UTC.</summary>
    /// <param name="value">The time.</param>
    public void Time(DateTime value)
        => Text(value.Kind == DateTimeKind.Local ? value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) + "L" : value.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Writes text: also the form of identifiers, dates and enums that are stored as text.</summary>
    /// <param name="value">The text; null is written as null.</param>
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Tag('s');
        var bytes = Encoding.UTF8.GetByteCount(value);
        Length(bytes);
        Grow(bytes);
        var start = _length;
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
        if (value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            KeepHalves(value, start);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Tag('b');
        Length(value.Length);
        Raw(value);
    }

    /// <summary>Writes a value by the bytes that a serializer of the user's makes of it.</summary>
    /// <param name="value">The value; null is written as null.</param>
    /// <param name="serializer">The serializer.</param>
    public void Serialized<T>(T? value, PayloadSerializer<T> serializer)
    {
        if (value is null)
            Null();
        else
            Bytes(PayloadSerializers.Bytes(serializer, value).Span);
    }

    /// <summary>Refuses a value whose type is none of those that its declared type names.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="declared">The declared type.</param>
    /// <exception cref="PayloadException">Always.</exception>
    public void Undeclared(Type type, Type declared)
        => throw new PayloadException($"'{type}' cannot be stored as '{declared}', which does not name it. Add [JsonDerivedType(typeof({type.Name}), \"...\")] to '{declared}'.");

    /// <summary>Writes any value by its JSON form: objects sorted by member name, null members left out, arrays in their order.</summary>
    /// <param name="value">The value.</param>
    /// <param name="json">Its contract.</param>
    /// <exception cref="PayloadException">The value has no JSON form.</exception>
    public void Json<T>(T value, JsonTypeInfo<T> json)
    {
        using var document = Document(value, json);
        Json(document.RootElement);
    }

    /// <summary>True when two values that are equal are the same to a fingerprint: a negative zero equals zero, a time in UTC equals one of no zone.</summary>
    /// <param name="value">The value.</param>
    /// <param name="other">The value that it equals.</param>
    /// <param name="write">Writes their canonical form.</param>
    public bool AreSame<T>(T value, T other, Action<FingerprintWriter, T> write)
    {
        var (start, pending) = (_length, _pendingMember);
        _pendingMember = -1;
        write(this, value);
        var middle = _length;
        _pendingMember = -1;
        write(this, other);
        var areSame = _buffer.AsSpan(start, middle - start).SequenceEqual(_buffer.AsSpan(middle, _length - middle));
        (_length, _pendingMember) = (start, pending);
        return areSame;
    }

    // A user's converter may throw anything.
    private static JsonDocument Document<T>(T value, JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.SerializeToDocument(value, json);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or PayloadException))
        {
            throw new PayloadException($"An argument of type '{typeof(T)}' cannot be fingerprinted: {exception.Message}", exception);
        }
    }

    // UTF-8 has one replacement for each half of a surrogate pair, of as many bytes as the half would have: the halves are told apart.
    private void KeepHalves(ReadOnlySpan<char> text, int at)
    {
        while (text.Length > 0)
        {
            var status = Rune.DecodeFromUtf16(text, out var rune, out var read);
            if (status != OperationStatus.Done)
            {
                _buffer[at] = 0xED;
                _buffer[at + 1] = (byte)(0x80 | ((text[0] >> 6) & 0x3F));
                _buffer[at + 2] = (byte)(0x80 | (text[0] & 0x3F));
            }

            at += rune.Utf8SequenceLength;
            text = text[read..];
        }
    }

    private void Json(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                BeginObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    Member(member.Name);
                    Json(member.Value);
                }

                EndObject();
                break;
            case JsonValueKind.Array:
                BeginList();
                foreach (var item in element.EnumerateArray())
                    Json(item);
                EndList();
                break;
            case JsonValueKind.String:
                Text(element.GetString());
                break;
            case JsonValueKind.Number:
                JsonNumber(element);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Boolean(element.GetBoolean());
                break;
            default:
                Null();
                break;
        }
    }

    // As a decimal or a double if it is one, so that it counts as such a value does; any other by its digits.
    private void JsonNumber(JsonElement element)
    {
        var number = CompilerServices.JsonNumber.Parse(element.GetRawText());
        if (CompilerServices.JsonNumber.AsDecimal(element) is { } value)
            Decimal(value);
        else if (element.TryGetDouble(out var real) && double.IsFinite(real) && CompilerServices.JsonNumber.Parse(real.ToString("R", CultureInfo.InvariantCulture)) == number)
            Double(real);
        else
            Digits(number.ToString());
    }

    private void Digits(string number)
    {
        Tag('#');
        Raw(Encoding.ASCII.GetBytes(number));
        Tag(';');
    }

    private void Open(char tag)
    {
        if (++_depth > DurableLimits.MaxPayloadDepth)
            throw new PayloadTooDeepException("The arguments", "");
        Tag(tag);
    }

    private void Close(char tag)
    {
        _depth--;
        Tag(tag);
    }

    private void Tag(char tag)
    {
        _pendingMember = -1;
        Grow(1);
        _buffer[_length++] = (byte)tag;
    }

    private void Length(int length)
    {
        Grow(sizeof(int));
        MemoryMarshal.Write(_buffer.AsSpan(_length), BitConverter.IsLittleEndian ? length : BinaryPrimitives.ReverseEndianness(length));
        _length += sizeof(int);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Grow(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }

    private void Reset()
    {
        _unordered.Clear();
        _length = 0;
        _pendingMember = -1;
        _depth = 0;
        if (_buffer.Length > 64 * 1024)
            _buffer = new byte[256];
    }
}
