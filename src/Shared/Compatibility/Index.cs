// netstandard2.0 lacks the type that list patterns and indices from the end need.
#pragma warning disable IDE0130 // The compiler looks for exactly this namespace.
namespace System;

internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
