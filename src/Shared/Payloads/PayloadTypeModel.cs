using Durable.Payloads.Shapes;

namespace Durable.Payloads;

/// <summary>One type that can be stored.</summary>
/// <param name="Name">The fully qualified name, without nullable annotations.</param>
/// <param name="IsReferenceType">True when a variable of it may hold null.</param>
/// <param name="IsLocal">True when it can be named only within the type that declares the workflow or step, as its private nested types.</param>
/// <param name="Shape">How it is stored.</param>
internal sealed record PayloadTypeModel(string Name, bool IsReferenceType, bool IsLocal, PayloadShape Shape)
{
    /// <summary>Names the members that are generated for it.</summary>
    public string Id => PayloadIdentifier.Of(Name);

    /// <summary>The name as a parameter that may be null.</summary>
    public string NullableName => IsReferenceType ? Name + "?" : Name;
}
