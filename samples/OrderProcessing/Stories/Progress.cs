namespace OrderProcessing;

/// <summary>Shows how far the orders are: one moving line on a terminal, a line for every tenth order elsewhere.</summary>
public sealed class Progress(int total)
{
    public void Report(int done)
    {
        if (!Console.IsOutputRedirected)
            Console.Write($"\r{done} of {total} orders processed{(done == total ? Environment.NewLine : "")}");
        else if (done % 10 == 0 || done == total)
            Console.WriteLine($"{done} of {total} orders processed");
    }
}
