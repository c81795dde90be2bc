using Durable.TestKit.Programs;

namespace Durable.Testing.Tests.Simulations;

/// <summary>One run of a world: what it does, and what was seen of it.</summary>
/// <param name="id">The run id.</param>
/// <param name="workflow">The workflow's name.</param>
/// <param name="program">What it does; null for the workflow whose code is edited while runs are in flight.</param>
internal sealed class WorldRun(string id, string workflow, ConcurrentProgram? program)
{
    public string Id { get; } = id;

    public string Workflow { get; } = workflow;

    public ConcurrentProgram? Program { get; } = program;

    /// <summary>True when bodies throw as chance wants it.</summary>
    public bool BodiesFail { get; init; }

    /// <summary>What grants the run further attempts; null for nothing.</summary>
    public RetryPolicy? Policy { get; init; }

    public ProgramExecutions Executions { get; } = new();

    /// <summary>What the code of each incarnation saw, by the attempt of the run that it was part of.</summary>
    public List<(int Attempt, string Host, ProgramTrace Trace)> Incarnations { get; } = [];

    /// <summary>What the code of each attempt that ended must have seen.</summary>
    public Dictionary<int, IReadOnlyList<string>> Expected { get; } = [];

    /// <summary>True once the client asked for it.</summary>
    public bool IsAsked { get; set; }

    /// <summary>True once the client was told an outcome that it leaves as it is.</summary>
    public bool IsFinished { get; set; }

    /// <summary>The result, once the client was told.</summary>
    public string? Result { get; set; }

    /// <summary>How often the client still resumes it.</summary>
    public int ResumesLeft { get; set; }
}
