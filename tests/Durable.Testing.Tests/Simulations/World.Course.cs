namespace Durable.Testing.Tests.Simulations;

// What happens to a world, in random order.
internal sealed partial class World
{
    private const int MaxWorkers = 3;
    private const int Acts = 90;
    private const int MoreWorkThanAWorldHas = 200_000;

    private void TakeItsCourse()
    {
        StartWorker();
        StartWorker();
        AskForRun();
        for (var (acts, work) = (0, 0); acts < Acts && !AllFinished; ThrowIfViolated())
        {
            if (!Simulation.Scheduler.IsIdle && Random.Next(10) != 0)
            {
                Simulation.Scheduler.RunOne();
                if (++work > MoreWorkThanAWorldHas)
                    Violated("the work has no end");
                continue;
            }

            Act();
            acts++;
        }
    }

    private bool AllFinished => _runs.Values.All(run => run.IsFinished);

    private void Act()
    {
        switch (Random.Next(100))
        {
            case < 38:
                Code.EndBodies(() => Random.Next(2) == 0);
                break;
            case < 39:
                CancelRun();
                break;
            case < 58:
                Pass(TimeSpan.FromMilliseconds(Random.Next(1, 2_000)));
                break;
            case < 70:
                Pass(TimeSpan.FromSeconds(Random.Next(2, 25)));
                break;
            case < 77:
                AskForRun();
                break;
            case < 84:
                StartWorker();
                break;
            case < 88:
                With(_ => _crashes, Crash);
                break;
            case < 91:
                With(host => host.IsUp && !host.IsFrozen, Stop);
                break;
            case < 94:
                With(_ => true, FreezeOrThaw);
                break;
            case < 97:
                With(_ => true, DisturbClock);
                break;
            case < 98 when _crashes:
                ReplaceClient();
                break;
            default:
                Trace.Note("deploys");
                Code.IsEdited = !Code.IsEdited;
                break;
        }
    }

    private void StartWorker()
    {
        if (_workers.Count >= MaxWorkers)
            return;
        var host = NewHost("worker");
        host.Rate = 0.95 + Random.Next(11) * 0.01;
        _workers.Add(host);
        Trace.Note("starts", host.Name);
        host.Start();
    }

    private void AskForRun()
    {
        if (_runs.Values.FirstOrDefault(run => !run.IsAsked) is not { } run)
            return;
        run.IsAsked = true;
        _client.Follow(run);
    }

    private void CancelRun()
    {
        var asked = _runs.Values.Where(run => run is { IsAsked: true, IsFinished: false }).ToList();
        if (asked.Count > 0)
            _client.Cancel(asked[Random.Next(asked.Count)]);
    }

    private void Crash(WorldHost host)
    {
        Trace.Note("crashes", host.Name);
        host.Lane.Kill();
        History.Killed(host.Name);
        Code.Died(host);
        _workers.Remove(host);
    }

    private void Stop(WorldHost host)
    {
        Trace.Note("stops", host.Name);
        host.Stop();
    }

    private void FreezeOrThaw(WorldHost host)
    {
        Trace.Note(host.IsFrozen ? "thaws" : "freezes", host.Name);
        if (host.IsFrozen)
            host.Thaw();
        else
            host.Freeze();
    }

    private void DisturbClock(WorldHost host)
    {
        if (host.ClockStands)
        {
            Trace.Note("clock goes", host.Name);
            host.StartClock(catchesUp: Random.Next(2) == 0);
            return;
        }

        var seconds = Random.Next(-600, 600);
        Trace.Note(seconds < -200 ? "clock stands" : "clock is set", host.Name, "", seconds);
        if (seconds < -200)
            host.StopClock();
        else
            host.Clock.SetBack(TimeSpan.FromSeconds(seconds));
    }

    // Another process takes its place and asks for everything again.
    private void ReplaceClient()
    {
        Trace.Note("client crashes", _client.Host.Name);
        _client.Host.Lane.Kill();
        _client = new WorldClient(this, NewHost("client"));
        foreach (var run in _runs.Values.Where(run => run is { IsAsked: true, IsFinished: false }))
            _client.Follow(run);
    }

    private void Pass(TimeSpan time)
    {
        Trace.Note("time passes", "", "", time.Ticks);
        Simulation.Clock.Advance(time);
        _client.Host.Pass(time);
        foreach (var host in _workers)
            host.Pass(time);
        RemoveStopped();
    }

    // One that is frozen may have something left to clean up.
    private void RemoveStopped()
    {
        foreach (var host in _workers.FindAll(host => !host.IsFrozen && (host.Started!.IsFaulted || host.Stopped is { IsCompleted: true })))
        {
            Trace.Note(host.Started!.IsFaulted ? "did not start" : "stopped", host.Name);
            if (host.Started.Exception is { InnerException: not StoreException } failure)
                Violated($"{host.Name} did not start: {failure}");
            if (host.Stopped?.Exception is { } stopFailure)
                Violated($"{host.Name} did not stop: {stopFailure}");
            _workers.Remove(host);
            _gone.Add(host);
        }
    }

    private void With(Func<WorldHost, bool> which, Action<WorldHost> act)
    {
        var hosts = _workers.FindAll(host => which(host));
        if (hosts.Count > 0)
            act(hosts[Random.Next(hosts.Count)]);
    }
}
