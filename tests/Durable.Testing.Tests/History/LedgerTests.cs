using System.Text;
using Durable.Storage;
using Durable.TestKit;
using Durable.Testing.History;

namespace Durable.Testing.Tests.History;

/// <summary>Ledgers as files: what is written is read, and what a kill tears is told from what else went wrong.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_is_written_is_read()
    {
        var line = new HistoryLine
        {
            Event = HistoryEvent.CommitOffered,
            Since = 3,
            Call = 4,
            RunId = "run \"1\"\n",
            StepId = "/Å",
            Epoch = 5,
            Attempt = 6,
            Token = new Guid(7, 0, 0, new byte[8]),
            Fingerprint = long.MinValue,
            Status = RunStatus.Failed,
            Result = "r",
            LastSequence = 8,
            Leases = [new RunLease("a", 1)],
            Lost = [new RunLease("b", 2)],
            Checkpoints = [new HistoryCheckpoint(1, "/A", CheckpointStatus.Cleared, 9, "h")],
            FailingSet = [1, 2],
            Victim = "v",
        };
        using (var writer = HistoryWriter.Create(_folder.Path, "p"))
            Assert.Equal(1, writer.Add(line));

        var read = Assert.Single(RecordedHistory.ReadFolder(_folder.Path).Lines);

        Assert.Equal(("p", 1L), (read.Process, read.Number));
        Assert.Equal([line.Leases[0], line.Lost[0]], [.. read.Leases!, .. read.Lost!]);
        Assert.Equal(line.Checkpoints, read.Checkpoints!);
        Assert.Equal(line.FailingSet, read.FailingSet!);
        Assert.Equal(line, read with { Process = "", Number = 0, At = 0, Leases = line.Leases, Lost = line.Lost, Checkpoints = line.Checkpoints, FailingSet = line.FailingSet });
    }

    [Fact]
    public void A_line_is_in_the_file_when_it_is_added()
    {
        using var writer = HistoryWriter.Create(_folder.Path, "p");
        writer.Healed();

        Assert.Equal(HistoryEvent.Healed, Assert.Single(RecordedHistory.ReadFolder(_folder.Path).Lines).Event);
    }

    [Fact]
    public void Lines_of_several_processes_are_in_the_order_of_their_times()
    {
        using (HistoryWriter one = HistoryWriter.Create(_folder.Path, "z"), two = HistoryWriter.Create(_folder.Path, "a"))
        {
            one.ResultSeen("1", "/A", "");
            two.ResultSeen("2", "/A", "");
            one.ResultSeen("3", "/A", "");
        }

        Assert.Equal(["1", "2", "3"], RecordedHistory.ReadFolder(_folder.Path).Lines.Select(line => line.RunId));
    }

    [Fact]
    public async Task Threads_that_write_at_once_get_a_number_and_a_time_each()
    {
        using (var writer = HistoryWriter.Create(_folder.Path, "p"))
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => Enumerable.Range(0, 100).ToList().ForEach(line => writer.ResultSeen($"{thread}", $"{line}", "")))));

        var lines = RecordedHistory.ReadFolder(_folder.Path).Lines;
        Assert.Equal(Enumerable.Range(1, 800).Select(number => (long)number), lines.Select(line => line.Number));
        Assert.Equal(800, lines.Select(line => line.At).Distinct().Count());
    }

    [Fact]
    public void The_torn_last_line_of_a_killed_process_is_left_out()
    {
        Write("p", line => [.. line, .. line[..10]]);
        using (var driver = HistoryWriter.Create(_folder.Path, "driver"))
            driver.ProcessKilled("p");

        Assert.Equal(2, RecordedHistory.ReadFolder(_folder.Path).Lines.Count);
    }

    [Fact]
    public void A_killed_process_may_have_torn_its_only_line()
    {
        Write("p", line => line[..10]);
        using (var driver = HistoryWriter.Create(_folder.Path, "driver"))
            driver.ProcessKilled("p");

        Assert.Single(RecordedHistory.ReadFolder(_folder.Path).Lines);
    }

    [Fact]
    public void The_torn_last_line_of_a_process_that_nobody_killed_is_an_error()
    {
        Write("p", line => [.. line, .. line[..10]]);

        Assert.Contains("nobody killed", Assert.Throws<HistoryFormatException>(() => RecordedHistory.ReadFolder(_folder.Path)).Message);
    }

    [Fact]
    public void A_torn_line_before_the_last_is_an_error()
    {
        Write("p", line => [.. line[..10], (byte)'\n', .. line]);
        using (var driver = HistoryWriter.Create(_folder.Path, "driver"))
            driver.ProcessKilled("p");

        Assert.Contains("Line 1", Assert.Throws<HistoryFormatException>(() => RecordedHistory.ReadFolder(_folder.Path)).Message);
    }

    [Fact]
    public void A_line_that_is_missing_is_an_error()
    {
        Write("p", line => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line).Replace("\"number\":1", "\"number\":2")));

        Assert.Contains("line 1 should", Assert.Throws<HistoryFormatException>(() => RecordedHistory.ReadFolder(_folder.Path)).Message);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        using var writer = HistoryWriter.Create(_folder.Path, "p");

        Assert.Throws<IOException>(() => HistoryWriter.Create(_folder.Path, "p"));
    }

    [Fact]
    public void A_verdict_shows_its_proof_in_words()
    {
        var story = new Story().Begun();
        story.Claim(Story.Second, 2);
        story.Commit(Story.First, 1, [Story.Point(2, "/B", 1)]);

        var text = story.Check().ToString();

        Assert.StartsWith("Violated: runs 1, ", text);
        Assert.Contains("[CurrentEpoch] run: a commit with epoch 1 was accepted although a higher one was held", text);
        Assert.Contains("worker-2#1 Claimed, leases [run@2]", text);
        Assert.Contains("worker-1#8 Committed, answers #7, run, epoch 1", text);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string process, Func<byte[], byte[]> change)
    {
        using (var writer = HistoryWriter.Create(_folder.Path, process))
            writer.ResultSeen("run", "/A", "a");
        var file = _folder.File(process + RecordedHistory.Extension);
        File.WriteAllBytes(file, change(File.ReadAllBytes(file)));
    }
}
