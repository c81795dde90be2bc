namespace Durable.Runtime.Tests.Waiting;

/// <summary>Signals, by name.</summary>
public sealed class SignalTests : WaitingTests
{
    [Fact]
    public void A_signal_brings_its_value_to_the_run_that_waits_for_it()
    {
        var run = Start(async w => await w.WaitForSignalAsync<string>("approved"));
        Signal(run, "approved", "by Ann");
        Assert.Equal("by Ann", Result(run));
    }

    [Fact]
    public void A_run_that_waits_for_a_signal_is_suspended_without_a_time()
    {
        var run = Start(async w => await w.WaitForSignalAsync<string>("approved"));
        Assert.Equal((RunStatus.Suspended, null), (Info(run).Status, Info(run).WakesAt));
    }

    [Fact]
    public void A_signal_that_comes_early_is_kept()
    {
        var run = Start(async w =>
        {
            await StepAsync("Prepare", _ => Gate.PassAsync());
            return await w.WaitForSignalAsync<string>("approved");
        });
        Signal(run, "approved", "early");
        Gate.Open();
        Assert.Equal("early", Result(run));
    }

    [Fact]
    public void A_signal_that_is_sent_before_any_worker_has_the_run_is_kept()
    {
        var workflow = Define(async w => await w.WaitForSignalAsync<string>("approved"));
        var client = Simulation.Client(workflow);
        var run = Simulation.Run(() => client.StartAsync(workflow.Call(), "run"));
        Signal(run, "approved", "early");
        Simulation.Start(workflow);
        Assert.Equal("early", Result(run));
    }

    [Fact]
    public void Signals_of_one_name_come_in_the_order_of_acceptance()
    {
        var run = Start(async w =>
        {
            var all = new List<int>();
            for (var i = 0; i < 5; i++)
                all.Add(await w.WaitForSignalAsync<int>("n"));
            return string.Join(",", all);
        });
        for (var i = 1; i <= 5; i++)
            Signal(run, "n", i);
        Assert.Equal("1,2,3,4,5", Result(run));
    }

    [Fact]
    public void Waits_of_one_name_are_served_in_the_order_in_which_they_were_made()
    {
        var run = Start(async w => string.Join(",", await Task.WhenAll(w.WaitForSignalAsync<int>("n"), w.WaitForSignalAsync<int>("n"), w.WaitForSignalAsync<int>("n"))));
        for (var i = 1; i <= 3; i++)
            Signal(run, "n", i);
        Assert.Equal("1,2,3", Result(run));
    }

    [Fact]
    public void Signals_of_other_names_are_left_for_those_who_wait_for_them()
    {
        var run = Start(async w => $"{await w.WaitForSignalAsync<string>("a")}{await w.WaitForSignalAsync<string>("b")}");
        Signal(run, "b", "B");
        Signal(run, "a", "A");
        Assert.Equal("AB", Result(run));
    }

    [Fact]
    public void What_is_sent_twice_with_one_message_id_counts_once()
    {
        var run = Start(async w => $"{await w.WaitForSignalAsync<int>("n")},{await w.WaitForSignalAsync<int>("n")}");
        Signal(run, "n", 1, "m1");
        Signal(run, "n", 1, "m1");
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Signal(run, "n", 2, "m2");
        Assert.Equal("1,2", Result(run));
    }

    [Fact]
    public void A_signal_to_a_run_that_has_ended_is_reported_to_the_sender()
    {
        var run = Start(_ => Task.FromResult("over"));
        Result(run);
        var refusal = Assert.Throws<RunNotSignalableException>(() => Signal(run, "approved", ""));
        Assert.Equal(RunStatus.Completed, refusal.Status);
    }

    [Fact]
    public void A_signal_to_an_unknown_run_is_reported_to_the_sender()
    {
        var host = Simulation.Start(Define(_ => Task.FromResult("")));
        Assert.Throws<RunNotFoundException>(() => Simulation.Run(() => host.Client.SignalAsync("no such run", "approved", "")));
    }

    [Fact]
    public void A_signal_of_a_type_that_the_code_cannot_read_is_a_failure_of_the_wait_and_stays_in_the_history()
    {
        var run = Start(async w => await w.WaitForSignalAsync<int>("n"));
        Signal(run, "n", "not a number");
        Assert.True(Assert.Throws<RunFailedException>(() => Result(run)).IsCausedBy<PayloadException>());
        Assert.Equal("\"not a number\"", System.Text.Encoding.UTF8.GetString(Assert.Single(Checkpoints(run)).Arguments.Span));
        Simulation.Run(() => run.ResumeAsync());
        Simulation.Settle();
        Signal(run, "n", 7);
        Assert.Equal(7, Result(run));
    }

    [Fact]
    public void A_wait_whose_time_has_passed_says_so()
    {
        var run = Start(async w => (await w.WaitForSignalAsync<string>("approved", TimeSpan.FromHours(1))).IsTimedOut);
        Advance(TimeSpan.FromHours(1));
        Assert.True(Result(run));
    }

    [Fact]
    public void A_signal_in_time_ends_a_wait_that_is_limited()
    {
        var run = Start(async w => (await w.WaitForSignalAsync<string>("approved", TimeSpan.FromHours(1))).Value);
        Advance(TimeSpan.FromMinutes(59));
        Signal(run, "approved", "in time");
        Assert.Equal("in time", Result(run));
    }

    [Fact]
    public void A_signal_that_comes_after_the_time_is_left_for_the_next_wait()
    {
        var run = Start(async w => $"{(await w.WaitForSignalAsync<string>("approved", TimeSpan.FromHours(1))).IsTimedOut} {await w.WaitForSignalAsync<string>("approved")}");
        Advance(TimeSpan.FromHours(1));
        Signal(run, "approved", "late");
        Assert.Equal("True late", Result(run));
    }

    [Fact]
    public void A_signal_that_was_accepted_in_time_counts_although_nobody_worked_then()
    {
        var workflow = Define(async w => (await w.WaitForSignalAsync<string>("approved", TimeSpan.FromHours(1))).TryGetValue(out var value) ? value : "timed out");
        var first = Simulation.Start(workflow);
        var run = Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(first);
        Advance(TimeSpan.FromMinutes(30));
        var client = Simulation.Client(workflow);
        Simulation.Run(() => client.SignalAsync("run", "approved", "in time"));
        Advance(TimeSpan.FromHours(2));
        Simulation.Start(workflow);
        Assert.Equal("in time", Simulation.Run(() => client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_signal_that_was_accepted_too_late_does_not_count_although_nobody_worked_then()
    {
        var workflow = Define(async w => (await w.WaitForSignalAsync<string>("approved", TimeSpan.FromHours(1))).IsTimedOut ? "timed out" : "came");
        var first = Simulation.Start(workflow);
        Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(first);
        Advance(TimeSpan.FromHours(2));
        var client = Simulation.Client(workflow);
        Simulation.Run(() => client.SignalAsync("run", "approved", "late"));
        Simulation.Start(workflow);
        Assert.Equal("timed out", Simulation.Run(() => client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_signal_from_another_process_wakes_a_suspended_run()
    {
        var workflow = Define(async w => await w.WaitForSignalAsync<string>("approved"));
        var run = Start(workflow);
        var client = Simulation.Client(workflow);
        Simulation.Run(() => client.SignalAsync("run", "approved", "from afar"));
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("from afar", Result(run));
    }

    [Fact]
    public void A_signal_from_another_process_reaches_a_run_that_cannot_be_suspended()
    {
        var workflow = Define(async w =>
        {
            var step = StepAsync("Long", _ => Gate.PassAsync());
            var signal = await w.WaitForSignalAsync<string>("approved");
            Bodies.Add(signal);
            await step;
            return signal;
        });
        var run = Start(workflow);
        var client = Simulation.Client(workflow);
        Simulation.Run(() => client.SignalAsync("run", "approved", "from afar"));
        Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["Long", "from afar"], Bodies);
        Gate.Open();
        Result(run);
    }

    [Fact]
    public void A_crash_before_the_outcome_is_stored_loses_no_signal()
    {
        var workflow = Define(async w => await w.WaitForSignalAsync<string>("approved"));
        var first = Simulation.Start(workflow);
        var run = Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Store.Before = (verb, request) =>
        {
            if (verb == "CommitAsync" && request is Durable.Storage.RunCommit { Effects: not null })
                throw new StoreException("gone");
            return Task.CompletedTask;
        };
        Signal(run, "approved", "kept");
        Simulation.Kill(first);
        Simulation.Store.Before = null;
        var second = Simulation.Start(workflow);
        Simulation.PassLeases();
        Assert.Equal("kept", Simulation.Run(() => second.Client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_run_that_has_taken_a_signal_and_is_woken_by_time_is_suspended_again()
    {
        var run = Start(async w =>
        {
            await w.WaitForSignalAsync<string>("first");
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            return await w.WaitForSignalAsync<string>("second");
        });
        Signal(run, "first", "1");
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Signal(run, "second", "2");
        Assert.Equal("2", Result(run));
    }

    [Fact]
    public void A_run_sends_a_signal_to_another_one_once()
    {
        var receiver = Define(async w => await w.WaitForSignalAsync<int>("n"), "Receiver");
        var sender = Define(async w =>
        {
            await w.SignalAsync("receiver", "n", 7);
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            return "sent";
        });
        var host = Simulation.Start([receiver, sender]);
        var received = Simulation.Run(() => host.Client.StartAsync(receiver.Call(), "receiver"));
        var sent = Simulation.Run(() => host.Client.StartAsync(sender.Call(), "sender"));
        Assert.Equal(7, Result(received));
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("sent", Result(sent));
        Assert.Single(Simulation.Store.Verbs, verb => verb == "SendSignalAsync");
    }

    [Fact]
    public void A_run_that_signals_one_that_has_ended_is_told()
    {
        var sender = Define(async w => (await Assert.ThrowsAsync<StepFailedException>(() => w.SignalAsync("other", "n", 7))).IsCausedBy<RunNotSignalableException>());
        var other = Define(_ => Task.FromResult(""), "Other");
        var host = Simulation.Start([sender, other]);
        Simulation.Run(() => host.Client.RunAsync(other.Call(), "other"));
        Assert.True(Simulation.Run(() => host.Client.RunAsync(sender.Call(), "sender")));
    }

    [Fact]
    public void A_run_that_is_canceled_no_longer_waits_for_a_signal()
    {
        var run = Start(async w => await w.WaitForSignalAsync<string>("approved"));
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Throws<RunCanceledException>(() => Result(run));
    }

    [Fact]
    public void A_signal_does_not_cut_short_the_wait_before_the_next_attempt_of_the_run()
    {
        var workflow = Define<string>(async w =>
        {
            await StepAsync("Charge", _ => w.Attempt == 1 ? throw new IOException("down") : Task.CompletedTask);
            return await w.WaitForSignalAsync<string>("approved");
        });
        var retried = new Durable.CompilerServices.WorkflowDefinition<TestWorkflow.Input, string>
        {
            Name = "Order",
            Declaration = workflow.Declaration,
            CallFactory = workflow.CallFactory,
            AwaitsOnlyDurableWork = true,
            Json = workflow.Json,
            Retry = new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None },
            Body = workflow.Body,
            Arguments = workflow.Arguments,
            Result = workflow.Result,
        };
        var run = Start(retried);
        Signal(run, "approved", "early");
        Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(["Charge"], Bodies);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("early", Result(run));
    }

    [Fact]
    public void A_signal_that_is_read_while_the_worker_shuts_down_is_not_slept_over()
    {
        var reading = new Workers.Gate();
        var workflow = Define(async w =>
        {
            var step = StepAsync("Long", _ => Gate.PassAsync());
            var signal = await w.WaitForSignalAsync<int>("n");
            await step;
            return signal;
        });
        var first = Simulation.Start(workflow);
        Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Store.Before = (verb, _) => verb == "ReadInboxAsync" ? reading.PassAsync() : Task.CompletedTask;
        Simulation.Run(() => first.Client.SignalAsync("run", "n", 7));
        Simulation.Settle();
        var stopped = Simulation.Begin(async () =>
        {
            await first.DisposeAsync();
            return true;
        });
        Simulation.Settle();
        reading.Open();
        Simulation.Settle();
        Gate.Open();
        Simulation.Settle();
        Assert.True(stopped.IsCompletedSuccessfully);
        var second = Simulation.Start(workflow);
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RunStatus.Completed, Simulation.Run(() => second.Client.GetRun<int>("run").GetStatusAsync()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_signal_that_is_sent_while_the_run_is_being_suspended_is_not_lost(int seed)
    {
        var simulation = new EngineSimulation(seed);
        var workflow = Define(async w => await w.WaitForSignalAsync<int>("n") + await w.WaitForSignalAsync<int>("n"));
        var host = simulation.Start(workflow);
        var started = simulation.Begin(() => host.Client.StartAsync(workflow.Call(), "run"));
        var sent = simulation.Begin(async () =>
        {
            await started;
            await host.Client.SignalAsync("run", "n", 1);
            await host.Client.SignalAsync("run", "n", 2);
            return true;
        });
        simulation.Settle();
        Assert.True(sent.IsCompletedSuccessfully, $"seed {seed}");
        Assert.Equal(3, simulation.Run(() => host.Client.GetRun<int>("run").GetResultAsync()));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];
}
