using System.Globalization;
using Durable.Execution;

namespace Durable.Runtime.Tests.Ordering;

/// <summary>Bodies that end at the same instant on several threads: the order in which they are stored is the one in which the code hears of them. Many runs, since what could break it is a window of a few instructions.</summary>
public sealed class SimultaneousBodiesTests
{
    private const int Runs = 1000;
    private const int Bodies = 250;

    [Fact]
    public async Task Bodies_that_end_together_are_delivered_in_the_order_in_which_they_are_stored()
    {
        for (var run = 0; run < Runs; run++)
        {
            var delivered = new List<string>();
            var rig = new RunRig<int>(TestWorkflow.Define("W", async w =>
            {
                delivered.Clear();
                await Task.WhenAll(Enumerable.Range(0, Bodies).Select(HearAsync));
                return delivered.Count;

                async Task HearAsync(int i)
                {
                    var key = i.ToString(CultureInfo.InvariantCulture);
                    await w.StepAsync("body", key, _ => Task.FromResult(i));
                    delivered.Add($"/body[{key}]");
                }
            }));
            Assert.Equal(RunEnd.Ended, await rig.DriveAsync().WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal((await rig.HistoryAsync()).Select(checkpoint => checkpoint.StepId), delivered);
        }
    }
}
