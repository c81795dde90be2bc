using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Benchmarks;

/// <summary><c>generator</c>: what the generator costs a build and an editor. Every figure is the median of several rounds in one process.</summary>
internal static class GeneratorCommand
{
    private const int WarmUps = 2;

    public static Command Create()
    {
        var load = new LoadOptions();
        var steps = new Option<int>("--steps") { Description = "Steps of the project, ten in each workflow.", DefaultValueFactory = _ => 1000 };
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => 9 };
        var bare = new Option<bool>("--bare") { Description = "A project of nothing but workflows, without the code that surrounds steps elsewhere." };
        var command = new Command("generator", "A cold run, a keystroke in another file, a keystroke in a workflow, and the share of a build.") { steps, rounds, bare, load.Json };
        command.SetAction(arguments => Measure(arguments.GetRequiredValue(steps), arguments.GetRequiredValue(rounds), arguments.GetValue(bare)));
        return command;
    }

    private static void Measure(int steps, int rounds, bool isBare)
    {
        var project = new GeneratorProject(steps, isBare);
        var figures = Enumerable.Range(0, WarmUps + rounds).Select(_ => Round(project)).Skip(WarmUps).ToList();
        double Median(Func<Figures, double> figure) => figures.Select(figure).Order().ElementAt(rounds / 2);
        var (cold, unrelated) = (Median(figure => figure.Cold), Median(figure => figure.Unrelated));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "generator",
            steps,
            rounds,
            bare = isBare,
            cold_ms = Math.Round(cold, 2),
            unrelated_edit_ms = Math.Round(unrelated, 3),
            workflow_edit_ms = Math.Round(Median(figure => figure.Workflow), 3),
            allocated_bytes = (long)Median(figure => figure.Allocated),
            plain_ms = Math.Round(Median(figure => figure.Plain), 2),
            compile_ms = Math.Round(Median(figure => figure.Compile), 2),
            unrelated_share = Math.Round(unrelated / cold, 4),
            compile_share = Math.Round(Median(figure => 1 - figure.Plain / figure.Compile), 3),
            added = Math.Round(Median(figure => figure.Compile / figure.Plain - 1), 3),
        }));
    }

    private static Figures Round(GeneratorProject project)
    {
        var compilation = project.Compile();
        var driver = GeneratorProject.Driver();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cold = Time(() => driver = driver.RunGenerators(compilation));
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        var edited = GeneratorProject.Type(compilation, "Unrelated.cs", ";");
        var unrelated = Time(() => driver = driver.RunGenerators(edited));
        var changed = GeneratorProject.Type(edited, "Flow0.cs", ";");
        var workflow = Time(() => driver = driver.RunGenerators(changed));

        return new Figures(cold, unrelated, workflow, allocated, Time(() => Build(project.CompilePlain(), generator: null)), Time(() => Build(project.Compile(), GeneratorProject.Driver())));
    }

    /// <summary>All that the compiler does: parse, generate, bind, emit.</summary>
    private static void Build(CSharpCompilation project, GeneratorDriver? generator)
    {
        Compilation whole = project;
        generator?.RunGeneratorsAndUpdateCompilation(project, out whole, out _);
        using var image = new MemoryStream();
        if (whole.Emit(image) is { Success: false } failed)
            throw new InvalidOperationException(failed.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private sealed record Figures(double Cold, double Unrelated, double Workflow, long Allocated, double Plain, double Compile);
}
