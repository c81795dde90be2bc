using Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EncryptedPayloads;

/// <summary>One life of the application: a host with the keys that it has in that life.</summary>
public static class Practice
{
    /// <summary>Builds the host.</summary>
    /// <param name="store">The SQLite file.</param>
    /// <param name="calendar">The world outside.</param>
    /// <param name="currentKey">The id of the key that encrypts; null for the configured one.</param>
    /// <param name="lostKey">The id of a key that is not there; null when all are.</param>
    public static IHost Build(string store, ICalendar calendar, string? currentKey = null, string? lostKey = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Critical).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // This program speaks for itself.

        // In an application each of these is a change of its configuration.
        if (currentKey is not null)
            builder.Configuration["PayloadKeys:Current"] = currentKey;
        if (lostKey is not null)
            builder.Configuration[$"PayloadKeys:Keys:{lostKey}"] = null;

        builder.Services.AddSingleton(calendar).AddSingleton<AesGcmPayloadCodec>();
        builder.Services.AddSingleton(PayloadKeys.Read(builder.Configuration.GetSection("PayloadKeys")));
        builder.Services.AddDurable(durable => durable
            .UseSqlite(store).AddWorkflows()
            .UsePayloadCodec(new BrotliPayloadCodec())                                        // First smaller,
            .UsePayloadCodec(services => services.GetRequiredService<AesGcmPayloadCodec>())); // then secret.
        return builder.Build();
    }
}
