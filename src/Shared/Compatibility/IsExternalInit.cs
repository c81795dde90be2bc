using System.ComponentModel;

// netstandard2.0 lacks the type that records and init-only properties need.
#pragma warning disable IDE0130 // The compiler looks for exactly this namespace.
namespace System.Runtime.CompilerServices;

[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
