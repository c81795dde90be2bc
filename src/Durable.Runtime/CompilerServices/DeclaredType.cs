using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Keeps a contract to the objects that it describes: of a derived one, only the members of the declared class would be stored, and the code would get another object than it returned.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeclaredType
{
    /// <summary>Makes the contract refuse objects of derived classes.</summary>
    /// <param name="contract">The contract of a class that is not sealed.</param>
    public static void Require<T>(JsonTypeInfo<T> contract) where T : class
    {
        var own = contract.OnSerializing;
        contract.OnSerializing = value =>
        {
            if (value.GetType() != typeof(T))
                throw new JsonException($"The value is of class '{value.GetType()}', and declared is '{typeof(T)}': what the derived class adds would not be stored. Declare the class of the value, or name it by [JsonDerivedType] at the declared class.");
            own?.Invoke(value);
        };
    }
}
