namespace Durable.Execution.Branches;

/// <summary>What a map is to do.</summary>
internal sealed class BranchPlan
{
    /// <param name="kind">What it is called where the options do not name it.</param>
    /// <param name="keys">The branches' keys, in input order.</param>
    /// <param name="options">How they run; null for the defaults.</param>
    /// <param name="body">Runs the branch of an index.</param>
    /// <exception cref="ArgumentException">A key is missing or there twice, or an option makes no sense.</exception>
    public BranchPlan(string kind, string[] keys, MapOptions? options, Func<WorkflowContext, int, Task> body)
    {
        options ??= new MapOptions();
        Name = options.Name ?? kind;
        InlineStep.CheckName(Name);
        Keys = keys;
        Body = body;
        CheckKeys();
        Concurrency = options.MaxConcurrency ?? int.MaxValue;
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1, nameof(MapOptions.MaxConcurrency));
        Policy = new BranchPolicy(keys.Length, options);
    }

    public string Name { get; }

    public string[] Keys { get; }

    public Func<WorkflowContext, int, Task> Body { get; }

    public int Concurrency { get; }

    public BranchPolicy Policy { get; }

    /// <summary>The outcome, unless it is a failure.</summary>
    /// <exception cref="MapFailedException">It is.</exception>
    public TOutcome Check<TOutcome>(TOutcome outcome) where TOutcome : MapOutcome
        => outcome.End != MapEnd.FailureToleranceExceeded ? outcome : throw new MapFailedException(Name, outcome, outcome.Items[Policy.FirstFailed]);

    private void CheckKeys()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Keys.Length; i++)
        {
            if (Keys[i] is not { } key)
                throw new ArgumentException($"Item {i} of map '{Name}' has no key (null). The key is part of the ids of its steps: give each item one of its own.");
            if (!known.Add(key))
                throw new ArgumentException($"Items {Array.IndexOf(Keys, key)} and {i} of map '{Name}' have the same key, '{key}'. Their steps could not be told apart on replay: give each item a key of its own.");
        }
    }
}
