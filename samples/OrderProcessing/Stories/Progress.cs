namespace OrderProcessing;

/// <summary>Shows how far the orders are: a bar on a terminal, a line for every tenth order elsewhere.</summary>
public sealed class Progress(int total)
{
    private const int Width = 40;

    public void Report(int done)
    {
        if (!Console.IsOutputRedirected)
            Console.Write($"\r[{new string('#', done * Width / total).PadRight(Width, '-')}] {done} of {total} orders processed{(done == total ? Environment.NewLine : "")}");
        else if (done % 10 == 0 || done == total)
            Console.WriteLine($"{done} of {total} orders processed");
    }
}
