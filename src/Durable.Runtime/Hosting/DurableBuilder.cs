using Durable.CompilerServices;
using Durable.Registration;
using Durable.Serialization.Codecs;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable;

/// <summary>Configures Durable: what <c>AddDurable(durable => ...)</c> hands out.</summary>
public sealed class DurableBuilder
{
    private readonly HashSet<Type> _modules = [];
    private readonly List<Func<IServiceProvider, IRunStore, IRunStore>> _decorators = [];
    private readonly List<(Func<IServiceProvider, IPayloadCodec> Codec, bool IsReadOnly)> _codecs = [];

    internal DurableBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    internal List<WorkflowDefinition> Workflows { get; } = [];

    internal SensitiveResults SensitiveResults { get; } = new();

    internal StepResults StepResults { get; } = new();

    internal DurableErrors Errors { get; } = new();

    internal List<Guid> Builds { get; } = [];

    internal Dictionary<string, RetryPolicy> RetryPolicies { get; } = new(StringComparer.Ordinal);

    internal List<(string Policy, string Declaration)> NeededRetryPolicies { get; } = [];

    /// <summary>Changes the options of worker and runs.</summary>
    /// <param name="configure">Sets them.</param>
    public DurableBuilder Configure(Action<DurableOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Registers a retry policy that <c>[Retry("name")]</c> refers to. The last one of a name counts.</summary>
    /// <param name="name">The name; 1 to 200 characters.</param>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public DurableBuilder AddRetryPolicy(string name, RetryPolicy policy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(policy);
        if (name.Length > DurableLimits.MaxNameLength)
            throw new ArgumentException($"The name has {name.Length} characters; the limit is {DurableLimits.MaxNameLength} (DurableLimits.MaxNameLength).", nameof(name));
        RetryPolicies[name] = policy;
        return this;
    }

    /// <summary>Uses a store. The last call counts.</summary>
    /// <param name="store">Makes the store, which the container disposes.</param>
    public DurableBuilder UseStore(Func<IServiceProvider, IRunStore> store)
    {
        Services.Replace(ServiceDescriptor.Singleton(provider => _decorators.Aggregate(Encoding(provider, store(provider)), (inner, decorate) => decorate(provider, inner))));
        return this;
    }

    /// <summary>Puts something around the store, whichever is chosen before or after: to watch it, or to let it fail in a test. The last decorator is outermost.</summary>
    /// <param name="decorate">Makes the outer store from the inner one, which it disposes with itself.</param>
    public DurableBuilder DecorateStore(Func<IServiceProvider, IRunStore, IRunStore> decorate)
    {
        _decorators.Add(decorate);
        return this;
    }

    /// <summary>
    /// Keeps payloads in another form in the store, whichever is chosen before or after. Of several codecs, the first encodes first and decodes last: compression, then encryption.
    /// They stand right at the store: within all decorators, which see payloads as they are.
    /// </summary>
    /// <param name="codec">The codec.</param>
    /// <param name="readOnly">True for one that only reads what it wrote earlier, or will write once all processes can read it.</param>
    public DurableBuilder UsePayloadCodec(IPayloadCodec codec, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return UsePayloadCodec(_ => codec, readOnly);
    }

    /// <inheritdoc cref="UsePayloadCodec(IPayloadCodec, bool)"/>
    /// <param name="codec">Makes or finds the codec, once. Durable does not dispose it: let it be a service where that matters.</param>
    /// <param name="readOnly">True for one that only reads what it wrote earlier, or will write once all processes can read it.</param>
    public DurableBuilder UsePayloadCodec(Func<IServiceProvider, IPayloadCodec> codec, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(codec);
        _codecs.Add((codec, readOnly));
        return this;
    }

    /// <summary>Adds a generated module; the generated <c>AddWorkflows()</c> calls this. Adding one twice does nothing.</summary>
    /// <param name="module">The module.</param>
    public DurableBuilder AddModule(DurableModule module)
    {
        if (_modules.Add(module.GetType()))
        {
            Builds.Add(module.GetType().Module.ModuleVersionId);
            module.Register(new DurableRegistration(this));
        }

        return this;
    }

    /// <summary>For a store that is looked at directly.</summary>
    internal void LeaveOutPayloadCodecs() => _codecs.Clear();

    private IRunStore Encoding(IServiceProvider provider, IRunStore store)
        => _codecs.Count == 0 ? store : new EncodingStore(store, new PayloadCodecs([.. _codecs.Select(codec => (codec.Codec(provider), codec.IsReadOnly))]));
}
