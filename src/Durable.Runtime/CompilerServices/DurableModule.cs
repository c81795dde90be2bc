using System.ComponentModel;

namespace Durable.CompilerServices;

/// <summary>What the generator writes once an assembly: its workflows and step classes, ready to be registered without reflection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DurableModule
{
    /// <summary>Adds the assembly's workflows and the services that hold its workflows and steps.</summary>
    /// <param name="registration">Takes them.</param>
    public abstract void Register(DurableRegistration registration);
}
