namespace Durable.Testing.Tests.Simulations;

// How a world comes to rest, and what must be true of it then.
internal sealed partial class World
{
    private const int Patience = 100;

    private void Heal()
    {
        Trace.Note("heals");
        Faults.Stop();
        History.Healed();
        Code.IsCalm = true;
        foreach (var host in _workers)
        {
            if (host.IsFrozen)
                host.Thaw();
            if (host.ClockStands)
                host.StartClock(catchesUp: true);
            host.Rate = 1;
        }

        while (_runs.Values.Any(run => !run.IsAsked))
            AskForRun();
        for (var i = 0; ; i++)
        {
            if (i == Patience)
                Violated($"G2: not healed after {Patience} rounds: {string.Join(", ", _runs.Values.Where(run => !IsOver(run)).Select(run => $"{run.Id} is {Ledger.Runs.GetValueOrDefault(run.Id)?.Record.Status}, finished: {run.IsFinished}"))}; {CallsUnderWay} calls under way");
            StartWorker();
            RunAll();
            Code.EndBodies(() => true);
            RunAll();
            if (IsHealed)
                return;
            Pass(TimeSpan.FromSeconds(5));
            ThrowIfViolated();
        }
    }

    private bool IsHealed => CallsUnderWay == 0 && _runs.Values.All(IsOver);

    private bool IsOver(WorldRun run) => run.IsFinished && Ledger.Runs[run.Id].Record.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;

    private void CloseDown()
    {
        foreach (var host in _workers.FindAll(host => host.IsUp))
            Stop(host);
        for (var i = 0; i < Patience && _workers.Count > 0; i++)
        {
            RunAll();
            Code.EndBodies(() => true);
            RunAll();
            Pass(TimeSpan.FromSeconds(5));
        }

        RunAll();
        if (_workers.Count > 0)
            Violated($"{_workers[0].Name} does not stop");
    }

    private void Judge()
    {
        foreach (var host in _gone)
        {
            if (host.Clock.Armed > 0)
                Violated($"{host.Name} has stopped, and {host.Clock.Armed} of its timers are armed");
            if (host.OpenScopes != 0)
                Violated($"{host.Name} has stopped, and {host.OpenScopes} scopes of its services are open");
        }

        if (Code.Running > 0)
            Violated($"{Code.Running} bodies still run");
        if (Simulation.Clock.Armed > 0 || _client.Host.Clock.Armed > 0)
            Violated($"{Simulation.Clock.Armed} timers of the store and {_client.Host.Clock.Armed} of the client are armed");
        foreach (var run in _runs.Values)
            Judge(run);
        foreach (var violation in History.Judge(Ledger).Violations)
            Violated(violation.ToString());
        Trace.Note("is at rest");
        ThrowIfViolated();
    }

    private void Judge(WorldRun run)
    {
        var kept = Ledger.Runs[run.Id];
        if (run.Result is not null != (kept.Record.Status == RunStatus.Completed))
            Violated($"{run.Id} is {kept.Record.Status}, and the client was told '{run.Result}'");
        foreach (var (attempt, host, trace) in run.Incarnations)
        {
            if (run.Program is null || !run.Expected.TryGetValue(attempt, out var expected))
                continue;
            var seen = trace.Lines;
            if (!seen.SequenceEqual(expected.Take(seen.Count)))
            {
                var at = Enumerable.Range(0, seen.Count).First(i => i >= expected.Count || seen[i] != expected[i]);
                Violated($"the code of {run.Id} on {host} in attempt {attempt} saw '{seen[at]}' as line {at}, where its history says '{expected.ElementAtOrDefault(at)}'");
            }
        }
    }

    private void RunAll()
    {
        for (var work = 0; !Simulation.Scheduler.IsIdle; work++)
        {
            Simulation.Scheduler.RunOne();
            if (work > MoreWorkThanAWorldHas)
                Violated("the work has no end");
            ThrowIfViolated();
        }

        RemoveStopped();
    }
}
