namespace Durable.Testing.Crashes;

/// <summary>What undisturbed executions come to, and on what they do not agree among themselves.</summary>
internal sealed class Reference
{
    private readonly Dictionary<string, RunImage> _images = [];
    private readonly HashSet<(string RunId, string Step)> _varyingSteps = [];
    private readonly HashSet<string> _varyingEnds = [];
    private readonly HashSet<string> _varyingOutsides = [];
    private IReadOnlyList<string> _children = [];

    /// <summary>Compares two undisturbed executions, of which one takes time; says what is wrong with them, or null.</summary>
    /// <param name="first">The one that takes none.</param>
    /// <param name="second">The other.</param>
    /// <param name="runId">The run that is wrong.</param>
    public string? Take(CrashTrial first, CrashTrial second, out string runId)
    {
        foreach (var run in first.Subject.Runs)
        {
            runId = run.RunId;
            var (image, other) = (first.Image(runId), second.Image(runId));
            if (image.Run.Status == RunStatus.Quarantined)
                return $"the run was quarantined although nothing happened to it.\n  {image.Error}";
            if (Replay.Check(first, run, image) is { } problem)
                return problem;
            if (!image.HasStepsOf(other) && run.Call.Definition.IsSequential)
                return $"two executions that nobody disturbed took different steps, so that none can be compared with them.\n  one:     {image.DescribeSteps()}\n  another: {other.DescribeSteps()}\n"
                    + "  Take time, random values and outside data from the workflow's context or from a step; let the bodies of a sweep return the same each time where the code branches on it.";
            Note(image, other);
        }

        runId = first.Subject.Runs[0].RunId;
        _children = [.. first.Children];
        if (!_children.SequenceEqual(second.Children))
            return $"two executions that nobody disturbed started different children: {string.Join(", ", _children)}, and {string.Join(", ", second.Children)}.";
        foreach (var child in _children)
            Note(first.Image(child), second.Image(child));
        return null;
    }

    /// <summary>Says what is wrong with a run that was disturbed, or null.</summary>
    public string? Judge(CrashTrial trial, SweptRun run)
    {
        var (expected, image) = (_images[run.RunId], trial.Image(run.RunId));
        if (image.Run.Status == RunStatus.Quarantined)
            return $"the run was quarantined.\n  {image.Error}";
        if (!image.HasStepsOf(expected))
        {
            // Branches may complete in another order, and code that looks at the order may then take other steps. Whether it had to is for the replay to say.
            return run.Call.Definition.IsSequential ? $"other checkpoints than undisturbed.\n  expected: {expected.DescribeSteps()}\n  stored:   {image.DescribeSteps()}" : Replay.Check(trial, run, image);
        }

        var options = trial.Subject.Options;
        for (var i = 0; options.CompareResults && i < image.Steps.Count; i++)
        {
            var (step, wanted) = (image.Steps[i], expected.Steps[i]);
            if (!_varyingSteps.Contains((run.RunId, step.Name)) && !step.EndsLike(wanted))
                return $"{step.Name} has another outcome than undisturbed.\n  expected: {wanted.Describe()}\n  stored:   {step.Describe()}\n  If its body may return something else when it runs again, set CrashOptions.CompareResults to false.";
        }

        if (options.CompareResults && !_varyingOutsides.Contains(run.RunId) && image.Outside != expected.Outside)
            return $"what others see of the run is not what it is undisturbed.\n  expected: {expected.Outside}\n  stored:   {image.Outside}";
        if (image.EndsLike(expected))
            return null;
        return options.CompareResults && !_varyingEnds.Contains(run.RunId)
            ? $"another end than undisturbed.\n  expected: {expected.DescribeEnd()}\n  stored:   {image.DescribeEnd()}"
            : Replay.Check(trial, run, image);
    }

    /// <summary>Says what is wrong with the runs that were started by others, or null.</summary>
    public string? JudgeChildren(CrashTrial trial)
    {
        if (!_children.SequenceEqual(trial.Children))
            return $"other children than undisturbed.\n  expected: {string.Join(", ", _children)}\n  started:  {string.Join(", ", trial.Children)}";
        foreach (var child in _children)
        {
            var (expected, image) = (_images[child], trial.Image(child));
            if (trial.Subject.Options.CompareResults && !_varyingEnds.Contains(child) && !image.EndsLike(expected))
                return $"child {child} has another end than undisturbed.\n  expected: {expected.DescribeEnd()}\n  stored:   {image.DescribeEnd()}";
        }

        return null;
    }

    private void Note(RunImage image, RunImage other)
    {
        var runId = image.Run.RunId;
        _images.Add(runId, image);
        var same = image.HasStepsOf(other);
        for (var i = 0; i < image.Steps.Count; i++)
        {
            if (!same || !image.Steps[i].EndsLike(other.Steps[i]))
                _varyingSteps.Add((runId, image.Steps[i].Name));
        }

        if (!image.EndsLike(other))
            _varyingEnds.Add(runId);
        if (image.Outside != other.Outside)
            _varyingOutsides.Add(runId);
    }
}
