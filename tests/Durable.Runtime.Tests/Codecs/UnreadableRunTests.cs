using System.Text;
using Durable.Storage;
using Durable.TestKit.Codecs;

namespace Durable.Runtime.Tests.Codecs;

/// <summary>What becomes of a run whose payloads cannot be decoded, and of those beside it.</summary>
public sealed class UnreadableRunTests : CodecStory
{
    [Theory]
    [InlineData("another key")]
    [InlineData("another codec")]
    [InlineData("no codec")]
    public void A_run_whose_arguments_cannot_be_decoded_is_quarantined_alone_and_goes_on_when_they_can(string instead)
    {
        var client = Client(new SealCodec(1));
        Simulation.Run(() => client.StartAsync(Workflow.Call("secret-1"), "a"));
        var plain = Client();
        Simulation.Run(() => plain.StartAsync(Workflow.Call("plain"), "b"));

        var wrong = Start(Wrong(instead));

        Assert.Equal("charged plain, mailed secret-2", Result(wrong, "b"));
        var set = Info(wrong, "a");
        Assert.Equal(RunStatus.Quarantined, set.Status);
        Assert.StartsWith("The arguments of workflow 'Order' cannot be decoded: ", set.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("payload codec 'seal'", set.Error.Message);
        Assert.EndsWith("To go on: bring back the payload codec or its key, then call ResumeAsync().", set.Error.Message, StringComparison.Ordinal);
        Assert.Contains(Logs.Of(1103), line => line.Text.Contains("The arguments of workflow 'Order' cannot be decoded by payload codec 'seal'", StringComparison.Ordinal));

        Stop(wrong);
        GoOn("a");
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another codec")]
    [InlineData("no codec")]
    public void A_result_that_cannot_be_decoded_quarantines_before_a_body_starts_behind_it(string instead)
    {
        BeginAndDie(Start(new SealCodec(1)), "a", withPlainArguments: true);

        var wrong = Start(Wrong(instead));
        Simulation.PassLeases();

        Assert.Equal(RunStatus.Quarantined, Info(wrong, "a").Status);
        Assert.StartsWith("The result of step '/charge' (sequence 1) cannot be decoded: ", Info(wrong, "a").Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["charge"], Bodies);

        Stop(wrong);
        GoOn("a");
        Assert.Equal(["charge", "mail"], Bodies);
    }

    [Fact]
    public void A_stored_failure_that_cannot_be_decoded_quarantines_and_no_handler_sees_it()
    {
        var handled = 0;
        var workflow = TestWorkflow.Define("Caught", async w =>
        {
            try
            {
                await w.StepAsync<string>("charge", _ => throw new InvalidOperationException("on purpose"));
            }
            catch (StepFailedException)
            {
                handled++;
            }

            return await w.StepAsync("mail", _ => new TaskCompletionSource<string>().Task);
        });
        var host = Simulation.Start(durable => Configure(durable.Add(workflow), new SealCodec(1)));
        var plain = Simulation.Client(durable => Configure(durable.Add(workflow)));
        Simulation.Run(() => plain.StartAsync(workflow.Call(), "a"));
        Simulation.Advance(TimeSpan.FromSeconds(2));
        Simulation.Kill(host);
        var before = handled;

        var wrong = Simulation.Start(durable => Configure(durable.Add(workflow), new SealCodec(2)));
        Simulation.PassLeases();

        Assert.Equal(RunStatus.Quarantined, Info(wrong, "a").Status);
        Assert.StartsWith("A stored error cannot be decoded: either payload codec 'seal' lacks", Info(wrong, "a").Error!.Message, StringComparison.Ordinal);
        Assert.Equal(before, handled);
    }

    [Fact]
    public void A_run_that_cannot_be_read_is_found_listed_and_exported()
    {
        Fails = true;
        Begin(Start(new SealCodec(1)).Client, "a");
        var wrong = Client(new SealCodec(2));

        var listed = Assert.Single(Simulation.Run(() => wrong.ListRunsAsync()).Runs);
        var handle = wrong.GetRun<string>("a");
        var failed = Assert.Throws<RunFailedException>(() => Simulation.Run(() => handle.GetResultAsync()));
        var history = Simulation.Run(() => handle.GetCheckpointsAsync());
        using var export = new MemoryStream();
        Simulation.Run(() => handle.ExportAsync(export));

        Assert.Equal((RunStatus.Failed, "Durable.PayloadCodecException"), (listed.Status, listed.Error!.TypeName));
        Assert.StartsWith("A stored error cannot be decoded", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, Simulation.Run(() => handle.GetStatusAsync()));
        Assert.Equal(["/charge", "/mail"], history.Select(checkpoint => checkpoint.StepId));
        Assert.Equal("Durable.PayloadCodecException", history[1].Error!.TypeName);
        // Nothing better can be shown of them than what is stored.
        Assert.Equal(Checkpoints("a")[0].Result.ToArray(), history[0].Result.ToArray());
        Assert.Contains($"\"inputBase64\": \"{Convert.ToBase64String(Find("a").Input.Span)}\"", Encoding.UTF8.GetString(export.ToArray()).Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Fact]
    public void The_result_of_a_run_that_cannot_be_decoded_is_an_error_that_names_the_codec()
    {
        Begin(Start(new SealCodec(1)).Client, "a");
        var wrong = Client(new SealCodec(2));

        var error = Assert.Throws<PayloadCodecException>(() => Simulation.Run(() => wrong.GetRun<string>("a").GetResultAsync()));

        Assert.Equal("seal", error.Codec);
        Assert.StartsWith("The result of run 'a' cannot be decoded", error.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, Simulation.Run(() => wrong.GetRun("a").GetStatusAsync()));
    }

    [Fact]
    public void An_outcome_that_cannot_be_decoded_is_not_carried_over()
    {
        BeginAndDie(Start(new SealCodec(1)), "a", withPlainArguments: true);
        var edited = TestWorkflow.Define("Order", async (w, input) =>
        {
            await w.StepAsync("new", _ => Body("new", ""));
            return await w.StepAsync("charge", _ => Body("charge again", ""));
        }, isSequential: true);
        var right = Simulation.Start(durable => Configure(durable.Add(edited), new SealCodec(1)));
        Simulation.PassLeases();
        Assert.Equal(RunStatus.Quarantined, Info(right, "a").Status);
        var before = Checkpoints("a")[0].Result.ToArray();
        Stop(right);

        var wrong = Simulation.Start(durable => Configure(durable.Add(edited), new SealCodec(2)));
        Simulation.Run(() => wrong.Client.GetRun("a").ResumeAsync(acceptDivergence: true));

        Assert.Equal(RunStatus.Quarantined, Info(wrong, "a").Status);
        Assert.StartsWith("What is recorded of step '/charge' (sequence 1) cannot be decoded", Info(wrong, "a").Error!.Message, StringComparison.Ordinal);
        Assert.Equal(before, Checkpoints("a")[0].Result.ToArray());
        Assert.Equal(CheckpointStatus.Completed, Checkpoints("a")[0].Status);
        Assert.DoesNotContain("charge again", Bodies);
    }
}
