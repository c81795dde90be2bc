namespace Durable;

/// <summary>
/// Marks a partial method as a wait for a signal: workflow code that calls it takes the oldest signal of its name that nobody has taken, or waits for one. There is no body to write.
/// Next to it a static <c>&lt;Name&gt;Signal(value)</c> is generated (the method's name without <c>Async</c>): what is sent.
/// </summary>
/// <remarks>
/// The method returns <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/> of what the signal brings, or a plain <see cref="Task"/> or <see cref="ValueTask"/> for a signal that brings nothing.
/// With one parameter of type <see cref="TimeSpan"/> it waits no longer than that, and its result is a <see cref="WaitResult{T}"/>, or a <see cref="WaitResult"/> for a signal that brings nothing.
/// One signal may be declared in both forms.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SignalAttribute : Attribute
{
    /// <summary>Declares a signal named after its method (<c>Type.Method</c> in a type that declares no workflow), without the suffix <c>Async</c>.</summary>
    public SignalAttribute() { }

    /// <summary>Declares a signal with a name of its own, which a later rename of the method does not change.</summary>
    /// <param name="name">The name that senders and waits meet under; 1 to 200 characters.</param>
    public SignalAttribute(string name) => Name = name;

    /// <summary>The explicit name; null for the default.</summary>
    public string? Name { get; }
}
