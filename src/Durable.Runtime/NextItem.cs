namespace Durable;

/// <summary>An item of the source of a loop, and where the source goes on behind it.</summary>
/// <typeparam name="TItem">The item.</typeparam>
/// <typeparam name="TCursor">A place in the source.</typeparam>
/// <param name="Item">The item.</param>
/// <param name="Cursor">The place behind it, which is asked for the next one.</param>
public sealed record NextItem<TItem, TCursor>(TItem Item, TCursor Cursor);
