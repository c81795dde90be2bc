using System.Diagnostics;

namespace Durable.Benchmarks;

/// <summary>Several ways to do one thing, measured in turns, so that what else the machine does meets all of them alike.</summary>
internal sealed class Race
{
    private const double RoundMilliseconds = 4;
    private const int WarmUps = 40;

    private readonly double[][] _nanoseconds;
    private readonly double[] _allocated;

    private Race(int contenders)
    {
        _nanoseconds = new double[contenders][];
        _allocated = new double[contenders];
    }

    public int Rounds => _nanoseconds[0].Length;

    /// <summary>Measures them.</summary>
    /// <param name="contenders">Each does the thing once.</param>
    /// <param name="rounds">How often each has its turn.</param>
    public static Race Run(IEnumerable<Action> contenders, int rounds)
    {
        var actions = contenders.ToArray();
        var repetitions = Repetitions(actions[0]);
        var race = new Race(actions.Length);
        // Long enough for the code of all to be compiled for good.
        for (var round = 0; round < WarmUps; round++)
        {
            foreach (var action in actions)
                Time(action, repetitions);
        }

        for (var i = 0; i < actions.Length; i++)
            race._nanoseconds[i] = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < actions.Length; turn++)
            {
                var i = (round + turn) % actions.Length; // Nobody always runs behind the same other.
                race._nanoseconds[i][round] = Time(actions[i], repetitions);
            }
        }

        for (var i = 0; i < actions.Length; i++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var repetition = 0; repetition < repetitions; repetition++)
                actions[i]();
            race._allocated[i] = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / repetitions;
        }

        return race;
    }

    /// <summary>The median time of one call.</summary>
    public double Nanoseconds(int contender) => Math.Round(Median(_nanoseconds[contender]));

    /// <summary>How many times as long one takes as another: the median of the rounds.</summary>
    public double TimeRatio(int contender, int other) => Math.Round(Median(_nanoseconds[contender].Zip(_nanoseconds[other], (mine, its) => mine / its)), 3);

    /// <summary>The bytes that one call allocates.</summary>
    public double Allocated(int contender) => Math.Round(_allocated[contender]);

    /// <summary>How many times as much one allocates as another.</summary>
    public double AllocatedRatio(int contender, int other) => Math.Round(_allocated[contender] / _allocated[other], 3);

    private static int Repetitions(Action action)
    {
        Time(action, 50);
        return Math.Max(1, (int)(RoundMilliseconds * 1e6 / Time(action, 50)));
    }

    private static double Time(Action action, int repetitions)
    {
        var started = Stopwatch.GetTimestamp();
        for (var repetition = 0; repetition < repetitions; repetition++)
            action();
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / repetitions;
    }

    private static double Median(IEnumerable<double> figures)
    {
        var ordered = figures.Order().ToArray();
        return ordered[ordered.Length / 2];
    }
}
