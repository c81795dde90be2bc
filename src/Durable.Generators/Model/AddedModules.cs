using Durable.Collections;
using Durable.Generators.Parsing;

namespace Durable.Generators.Model;

/// <summary>The modules that <c>AddWorkflows()</c> adds, from <c>global::</c> or an alias on.</summary>
internal sealed record AddedModules(EquatableArray<string> Modules)
{
    /// <summary>The own module first; null where Durable is not referenced.</summary>
    public static AddedModules? Of(ReferencedModules surroundings, EquatableArray<Registration> registrations)
    {
        if (!surroundings.HasRuntime)
            return null;
        var own = registrations.Count > 0 ? new[] { $"global::{surroundings.GeneratedNamespace}.DurableModule" } : [];
        return new AddedModules(own.Concat(surroundings.Modules).ToEquatableArray());
    }
}
