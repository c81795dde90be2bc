using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

public sealed class DataPipelineTests() : Sample("DataPipeline")
{
    private const string Heading = "day,product,quantity,unitPrice\n";

    [Fact]
    public async Task The_readme_shows_what_the_first_run_prints()
        => Assert.Equal(PrintedInReadme("by the first run"), (await InvokeAsync()).Expect(0).Output);

    [Fact]
    public async Task Before_the_resume_the_failed_step_and_what_led_to_it_ran()
    {
        var result = (await InvokeAsync("--latency", "0")).Expect(0);

        Assert.Equal("2 1 1 0", CallsIn(result, "before the resume"));
        Assert.Equal(
            [
                "invoked /Fetch[north]", "completed /Fetch[north]", "invoked /Transform[north]", "completed /Transform[north]", "called Validate(north)",
                "invoked /Fetch[south]", "failed /Fetch[south]",
            ],
            EventsIn(result).Take(7));
    }

    [Fact]
    public async Task After_the_resume_recorded_steps_are_replayed_and_the_plain_function_runs_again()
    {
        var result = (await InvokeAsync("--latency", "0")).Expect(0);

        Assert.Equal("2 2 3 1", CallsIn(result, "after the resume"));
        Assert.Equal(["replayed /Fetch[north]", "replayed /Transform[north]", "called Validate(north)", "invoked /Fetch[south]"], EventsIn(result).Skip(7).Take(4));
    }

    [Fact]
    public async Task The_error_names_the_step_the_type_the_file_and_the_line()
    {
        var result = (await InvokeAsync("--latency", "0")).Expect(0);

        const string Error = "DataPipeline.BadRowException: south.csv, line 5: 'twelve' is not a quantity.";
        Assert.Contains($"The run has failed:\n  Durable.StepFailedException: Step '/Fetch[south]' failed after 1 attempt(s): {Error}\n  caused by {Error}\n", result.Output);
    }

    [Fact]
    public async Task The_report_sums_up_the_corrected_data_and_no_draft_is_left()
    {
        (await InvokeAsync("--folder", "work")).Expect(0);

        Assert.Equal(
            "region,sales,pieces,revenue,valid\nnorth,6,93,1203.40,yes\nsouth,5,71,789.95,yes\nwest,4,34,856.50,yes\n",
            await File.ReadAllTextAsync(Folder.File("work/report.csv")));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path, "*.draft", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_second_invocation_runs_and_replays_nothing()
    {
        (await InvokeAsync()).Expect(0);

        var second = (await InvokeAsync()).Expect(0);

        Assert.Empty(EventsIn(second));
        Assert.Contains($"\n{PrintedInReadme("by the second run")}\n", second.Output);
        Assert.EndsWith("Revenue: 2849.85.\nEverything was done already: nothing ran, nothing was replayed.", second.Output);
    }

    [Fact]
    public async Task Good_data_is_through_in_one_go()
    {
        var result = (await InvokeAsync("--good-data", "--latency", "0")).Expect(0);

        Assert.Equal("3 3 3 1", CallsIn(result, "in this process"));
        Assert.DoesNotContain("failed", result.Output);
        Assert.DoesNotContain("replayed", result.Output);
    }

    [Fact]
    public async Task Everything_is_written_below_one_folder_that_git_ignores()
    {
        (await InvokeAsync()).Expect(0);

        Assert.Equal([Folder.File("artifacts")], Directory.GetFileSystemEntries(Folder.Path));
        Assert.Contains("artifacts/", Repository.Read(".gitignore").Split('\n'));
    }

    [Fact]
    public async Task Own_data_with_a_bad_row_fails_until_its_owner_corrects_it()
    {
        WriteSales("a.csv", "2026-03-02,Tea,2,3.50\n");
        WriteSales("b.csv", "2026-03-02,Tea,2,cheap\n");
        var failed = (await InvokeAsync("--input", "own")).Expect(1);

        WriteSales("b.csv", "2026-03-02,Tea,2,4.00\n");
        var resumed = (await InvokeAsync("--input", "own")).Expect(0);

        Assert.Contains("DataPipeline.BadRowException: b.csv, line 2: 'cheap' is not a price.", failed.Output);
        Assert.Contains("Correct what the error names and run this again", failed.Errors);
        Assert.Equal(["replayed /Fetch[a]", "replayed /Transform[a]", "called Validate(a)", "invoked /Fetch[b]"], EventsIn(resumed).Take(4));
        Assert.Contains("Revenue: 15.00.", resumed.Output);
    }

    [Fact]
    public async Task What_was_fetched_stays_as_it_was_when_its_file_changes()
    {
        WriteSales("a.csv", "2026-03-02,Tea,2,3.50\n");
        WriteSales("b.csv", "2026-03-02,Tea,2,cheap\n");
        (await InvokeAsync("--input", "own")).Expect(1);

        WriteSales("a.csv", "2026-03-02,Tea,1000,3.50\n");
        WriteSales("b.csv", "2026-03-02,Tea,2,4.00\n");

        Assert.Contains("Revenue: 15.00.", (await InvokeAsync("--input", "own")).Expect(0).Output);
    }

    [Theory]
    [InlineData("", "line 1: the heading is not 'day,product,quantity,unitPrice'.")]
    [InlineData("day,product\n", "line 1: the heading is not 'day,product,quantity,unitPrice'.")]
    [InlineData(Heading + "2026-03-02,Tea,2\n", "line 2: a row has four cells.")]
    [InlineData(Heading + "2026-03-02,Tea,2,1\nyesterday,Tea,2,1\n", "line 3: 'yesterday' is not a day.")]
    [InlineData(Heading + "2026-03-02,Tea,-2,1\n", "line 2: '-2' is not a quantity.")]
    public async Task A_bad_row_is_named_with_its_line(string content, string reason)
    {
        Directory.CreateDirectory(Folder.File("own"));
        File.WriteAllText(Folder.File("own/a.csv"), content);

        var failed = (await InvokeAsync("--input", "own")).Expect(1);

        Assert.Contains($"caused by DataPipeline.BadRowException: a.csv, {reason}\n", failed.Output);
        Assert.Contains("Failed     by incarnation 1", failed.Output);
    }

    [Fact]
    public async Task A_region_without_sales_is_reported_as_not_valid()
    {
        WriteSales("a.csv", "");

        (await InvokeAsync("--input", "own", "--folder", "work")).Expect(0);

        Assert.EndsWith("\na,0,0,0,no\n", await File.ReadAllTextAsync(Folder.File("work/report.csv")));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_written_by_the_next_invocation()
    {
        Directory.CreateDirectory(Folder.File("work/report.csv/in the way"));
        var failed = (await InvokeAsync("--folder", "work", "--good-data")).Expect(1);

        Directory.Delete(Folder.File("work/report.csv"), recursive: true);
        var second = (await InvokeAsync("--folder", "work")).Expect(0);

        Assert.Contains("Step '/Save' failed", failed.Output);
        Assert.Equal("0 0 3 1", CallsIn(second, "in this process"));
        Assert.Equal(6, EventsIn(second).Count(line => line.StartsWith("replayed ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_kill_the_next_process_replays_what_was_recorded()
    {
        // Slow enough that the kill comes before the end of the read, also on a busy machine.
        using (var first = Start("--good-data", "--latency", "1000"))
        {
            await first.WaitForLineAsync("  invoked    /Fetch[south]");
            first.Kill();
            (await first.WaitAsync()).Expect(ChildResult.Killed);
        }

        var second = (await InvokeAsync("--latency", "0")).Expect(0);

        Assert.Equal(["replayed /Fetch[north]", "replayed /Transform[north]", "called Validate(north)", "invoked /Fetch[south]"], EventsIn(second).Take(4));
        Assert.Equal("2 2 3 1", CallsIn(second, "in this process"));
    }

    [Fact]
    public async Task Other_sales_files_in_the_same_folder_are_refused()
    {
        WriteSales("a.csv", "2026-03-02,Tea,2,3.50\n");
        (await InvokeAsync("--input", "own")).Expect(0);
        WriteSales("b.csv", "2026-03-02,Tea,2,3.50\n");

        var refused = (await InvokeAsync("--input", "own")).Expect(2);

        Assert.Contains("Run 'sales-report' exists already with other arguments.", refused.Errors);
        Assert.Contains("use another --folder", refused.Errors);
    }

    [Fact]
    public async Task A_restored_run_does_only_what_was_recorded_behind_the_checkpoint()
    {
        (await InvokeAsync()).Expect(0);

        var restored = (await InvokeAsync("--restore", "2")).Expect(0);

        Assert.Contains($"\n{PrintedInReadme("by a restore")}\n", restored.Output);
        Assert.Equal(["replayed /Fetch[north]", "replayed /Transform[north]", "called Validate(north)", "invoked /Fetch[south]"], EventsIn(restored).Take(4));
    }

    [Fact]
    public async Task A_restored_run_sees_what_has_changed_since_and_the_older_one_stays()
    {
        WriteSales("a.csv", "2026-03-02,Tea,2,3.50\n");
        WriteSales("b.csv", "2026-03-02,Tea,2,4.00\n");
        (await InvokeAsync("--input", "own")).Expect(0);
        WriteSales("a.csv", "2026-03-02,Tea,1000,3.50\n");
        WriteSales("b.csv", "2026-03-02,Tea,3,4.00\n");

        Assert.Contains("Revenue: 19.00.", (await InvokeAsync("--input", "own", "--restore", "2")).Expect(0).Output);
        Assert.Contains("Revenue: 15.00.", (await InvokeAsync("--input", "own")).Expect(0).Output);
        Assert.EndsWith("nothing ran, nothing was replayed.", (await InvokeAsync("--input", "own", "--restore", "2")).Expect(0).Output);
    }

    [Fact]
    public async Task A_restored_run_that_fails_goes_on_when_it_is_restored_again()
    {
        WriteSales("a.csv", "2026-03-02,Tea,2,3.50\n");
        WriteSales("b.csv", "2026-03-02,Tea,2,4.00\n");
        (await InvokeAsync("--input", "own")).Expect(0);
        WriteSales("b.csv", "2026-03-02,Tea,2,cheap\n");
        (await InvokeAsync("--input", "own", "--restore", "2")).Expect(1);
        WriteSales("b.csv", "2026-03-02,Tea,3,4.00\n");

        Assert.Contains("Revenue: 19.00.", (await InvokeAsync("--input", "own", "--restore", "2")).Expect(0).Output);
    }

    [Fact]
    public async Task A_checkpoint_that_the_run_does_not_have_is_refused()
    {
        (await InvokeAsync()).Expect(0);
        Assert.Contains("which has no 99", (await InvokeAsync("--restore", "99")).Expect(2).Errors);
    }

    [Theory]
    [InlineData("--folder and --input take the name of a folder.", "--folder", " ")]
    [InlineData("--folder and --input take the name of a folder.", "--input", "")]
    [InlineData("--input and --good-data exclude each other", "--input", "x", "--good-data")]
    [InlineData("--latency takes milliseconds, 0 or more.", "--latency", "-1")]
    [InlineData("--latency", "--latency", "soon")]
    [InlineData("There is no folder 'nowhere'.", "--input", "nowhere")]
    [InlineData("--bad", "--bad")]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await InvokeAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    [Fact]
    public async Task A_folder_without_sales_files_is_refused()
    {
        Directory.CreateDirectory(Folder.File("own"));

        Assert.Contains("The folder 'own' holds no .csv file.", (await InvokeAsync("--input", "own")).Expect(2).Errors);
    }

    private void WriteSales(string file, string rows)
    {
        Directory.CreateDirectory(Folder.File("own"));
        File.WriteAllText(Folder.File($"own/{file}"), Heading + rows);
    }

    /// <summary>The events as kind and subject, in order.</summary>
    private static IReadOnlyList<string> EventsIn(ChildResult result)
        => [.. Lines(result).Where(cells => cells is ["invoked" or "completed" or "failed" or "replayed" or "called", _]).Select(cells => string.Join(' ', cells))];

    /// <summary>The calls of Fetch, Transform, Validate and Save in one line of the table.</summary>
    private static string CallsIn(ChildResult result, string phase)
        => string.Join(' ', Lines(result).Single(cells => string.Join(' ', cells).StartsWith(phase, StringComparison.Ordinal))[^4..]);

    private static IEnumerable<string[]> Lines(ChildResult result)
        => result.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
