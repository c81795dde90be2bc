using System.Globalization;

namespace Durable.Testing.Tests.Simulations;

/// <summary>What tests need a process of its own for: <c>hashes 1 2 3</c> prints the traces of seeds, <c>unseen 1 300</c> fails when an exception of a task is seen by nobody.</summary>
internal static class SimulationProgram
{
    public static int Main(string[] arguments)
    {
        var numbers = arguments.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        if (arguments is not ["unseen", _, _])
        {
            numbers.ForEach(seed => Console.WriteLine(HashOf(seed, keepsText: false)));
            return 0;
        }

        var unseen = 0;
        TaskScheduler.UnobservedTaskException += (_, task) =>
        {
            // Workflow code that lost a WhenAny may fail unseen: that is the code's own affair.
            if (task.Exception.InnerException is not (StepFailedException or StepInterruptedException))
                Console.WriteLine($"{Interlocked.Increment(ref unseen)}: {task.Exception}");
        };
        // Without crashes: what a dead host no longer looks at is nobody's mistake.
        for (var seed = numbers[0]; seed < numbers[0] + numbers[1]; seed++)
            new World(seed, crashes: false).Run();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return unseen == 0 ? 0 : 1;
    }

    public static string HashOf(int seed, bool keepsText)
    {
        var world = new World(seed, keepsText);
        world.Run();
        return $"{seed} {world.Trace.Hash:x16}";
    }
}
