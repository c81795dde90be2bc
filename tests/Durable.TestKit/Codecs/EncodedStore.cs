using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.TestKit.Codecs;

/// <summary>A store with payload codecs around it, as an application gets it.</summary>
public static class EncodedStore
{
    /// <summary>Puts a compression and a cipher around a store.</summary>
    public static IRunStore Around(IRunStore store) => Around(store, new PackCodec(), new SealCodec());

    /// <inheritdoc cref="Around(IRunStore)"/>
    public static IRunStore Around(IRunStore store, params IPayloadCodec[] codecs) => new ServiceCollection()
        .AddDurableClient(durable =>
        {
            durable.UseStore(_ => store);
            foreach (var codec in codecs)
                durable.UsePayloadCodec(codec);
        })
        .BuildServiceProvider().GetRequiredService<IRunStore>();
}
