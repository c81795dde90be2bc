using Durable.Collections;
using Durable.Generators.Parsing;

namespace Durable.Generators.Model;

/// <summary>The modules that <c>AddWorkflows()</c> adds, from <c>global::</c> or an alias on.</summary>
internal sealed record AddedModules(EquatableArray<string> Modules)
{
    /// <summary>The own module first; null where Durable is not referenced.</summary>
    public static AddedModules? Of(ReferencedModules surroundings, bool hasOwn)
    {
        if (!surroundings.HasRuntime)
            return null;
        var own = hasOwn ? new[] { $"global::{surroundings.GeneratedNamespace}.DurableModule" } : [];
        return new AddedModules(own.Concat(surroundings.Modules).ToEquatableArray());
    }
}
