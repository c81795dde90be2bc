using Durable.Collections;
using Durable.Payloads.Contexts;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Parsing;

/// <summary>The contexts that are asked for what a type of theirs reaches. One with options of its own stores its types whole and is asked for nothing else.</summary>
internal static class ReachedContexts
{
    public static EquatableArray<string> Read(Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return JsonContexts.Of(compilation).All.Where(context => !context.HasOptions).Select(context => context.Name).ToEquatableArray();
    }
}
