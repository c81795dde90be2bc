using Durable.Hosting;
using Durable.Storage;
using Durable.Testing.Crashes;
using Durable.Testing.Faults;
using Durable.Testing.Tests.Crashes.Swept;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Testing.Tests.Crashes.Mutants;

/// <summary>The instruments, in short: crash sweeps of a few workflows, and after them what a crash sweep has nothing to do with. Runs in a copy of everything of Durable over a mutated engine.</summary>
public static class EngineCheck
{
    private static readonly (string Name, Func<string?> Check)[] s_instruments =
    [
        ("crash sweep of TenSteps", () => Sweep(TenSteps.RunCall(3), "148", "/Add[0] /Double /Add[1] /Double#1 /Add[2] /Double#2 /Add[3] /Double#3 /Add[4] /Double#4")),
        ("crash sweep of Branches", () => Sweep(Branches.RunCall(), "\"11 22 33 tortoise\"")),
        ("crash sweep of Repaired", () => Sweep(Repaired.RunCall(), "\"1 refused 1 2\"", "/Prepare /Refuse /Prepare#1 /Deliver", new CrashOptions { Resumes = 1 })),
        ("crash sweep of Redeployed", () => Sweep(
            Redeployed.RunCall(), "10111", "/Argument /Late /Argument (ArgumentsChanged) /Early /Added", new CrashOptions { Resumes = 2, AcceptDivergence = true })),
        ("crash sweep of Patched", () => Sweep(Patched.RunCall(), "\"new first, new second\"", "/[first] (Patch) /New[first] /[second] (Patch) /New[second]")),
        ("crash sweep of Retried", () => Sweep(
            Retried.RunCall(), "\"charged mailed notified shipped\"", "/Charge (StepAttempt) /Mail (StepAttempt) /Charge (StepAttempt) /Charge /Mail /Notify (StepStarted) /Notify / (RunAttempt) /Ship",
            new CrashOptions { CompareResults = false })),
        ("unknown commits", () => LoseAnswers(FaultKind.FailBefore) ?? LoseAnswers(FaultKind.FailAfter)),
        ("takeover", () => CommitLate() ?? OutliveTheLease() ?? LoseTheStore() ?? LoseTheLease()),
        ("divergence", ChangeTheCode),
    ];

    /// <summary>What the first instrument noticed, in one line; null when nobody noticed anything.</summary>
    public static string? Run()
    {
        foreach (var (name, check) in s_instruments)
        {
            try
            {
                if (check() is { } found)
                    return $"{name}: {found}";
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A broken engine throws what it likes; that too is noticed.
                return $"{name}: {exception.GetType().Name}: {FirstLine(exception.Message)}";
            }
        }

        return null;
    }

    private static string? Sweep(WorkflowCall call, string result, string? checkpoints = null, CrashOptions? options = null)
    {
        var report = CrashSweep.Run(call, () => new Ledger(), Configure, check: null, (options ?? new CrashOptions()) with { MaxViolations = 1, Patience = TimeSpan.FromSeconds(0.5) });
        if (report.Violations is [var violation, ..])
            return $"{violation.Crash}: {FirstLine(violation.Message)}";
        if (report.Outcomes[0].Result != result)
            return $"ended {report.Outcomes[0].Status} {report.Outcomes[0].Result}{report.Outcomes[0].Error?.Message}";
        var stored = string.Join(' ', report.Outcomes[0].Checkpoints);
        return checkpoints is null || stored == checkpoints ? null : $"stored {stored}";
    }

    // Each commit in turn fails, before it takes effect or after: no body runs twice, and the worker does not lose the run.
    private static string? LoseAnswers(FaultKind kind)
    {
        for (var commit = 1; ; commit++)
        {
            var (simulation, ledger) = (new Simulation(), new Ledger());
            var plan = new FaultPlan(new Fault(kind, commit, nameof(IRunStore.CommitAsync)));
            var host = simulation.Start(durable => Faulty(durable, ledger, simulation, plan));
            var run = simulation.Run(() => host.Client.StartAsync(TenSteps.RunCall(3), "run"));
            simulation.Advance(TimeSpan.FromSeconds(10));
            if (plan.Hits.Count == 0)
                return null;
            var info = simulation.Run(() => run.GetInfoAsync());
            if (info.Status != RunStatus.Completed || ledger.Requests != 10 || info.Epoch != 1)
                return $"{kind} at commit {commit}: {info.Status}, {ledger.Requests} bodies, epoch {info.Epoch}";
        }
    }

    // The first commit of a host that sleeps arrives when another host has finished the run.
    private static string? CommitLate()
    {
        var (simulation, ledger) = (new Simulation(), new Ledger());
        var plan = new FaultPlan(new Fault(FaultKind.LateEffect, 1, nameof(IRunStore.CommitAsync)));
        var asleep = simulation.Start(durable => Faulty(durable, ledger, simulation, plan), new ManualClock());
        var run = simulation.Run(() => asleep.Client.StartAsync(TenSteps.RunCall(3), "run"));
        simulation.Start(durable => Configure(durable, ledger));
        simulation.Advance(TimeSpan.FromMinutes(1));
        var status = simulation.Run(() => run.GetStatusAsync());
        return status == RunStatus.Completed && ledger.Requests == 11 ? null : $"late commit: {status}, {ledger.Requests} bodies";
    }

    // A body takes ten leases, while another host waits for work.
    private static string? OutliveTheLease()
    {
        var (simulation, visits) = (new Simulation(), new Visits());
        var host = simulation.Start(durable => Configure(durable, visits));
        var run = simulation.Run(() => host.Client.StartAsync(Slow.RunCall(), "run"));
        simulation.Start(durable => Configure(durable, visits));
        simulation.Advance(TimeSpan.FromMinutes(6));
        var status = simulation.Run(() => run.GetStatusAsync());
        return status == RunStatus.Completed && visits.All == 1 ? null : $"long body: {status}, {visits.All} bodies";
    }

    // A host cannot renew its lease: its body must have stopped when another host starts it.
    private static string? LoseTheStore()
    {
        var (simulation, visits) = (new Simulation(), new Visits());
        var plan = new FaultPlan(new Fault(FaultKind.DeadConnection, 1, nameof(IRunStore.RenewLeasesAsync)) { Lasts = TimeSpan.FromMinutes(10) });
        var host = simulation.Start(durable => Faulty(durable, visits, simulation, plan));
        simulation.Run(() => host.Client.StartAsync(Slow.RunCall(), "run"));
        simulation.Start(durable => Configure(durable, visits));
        simulation.Advance(TimeSpan.FromMinutes(1));
        return visits is { All: 2, MostAtOnce: 1 } ? null : $"lost store: {visits.All} bodies, {visits.MostAtOnce} at once";
    }

    // A host wakes up when another one has its run: the first renewal tells it, and its body stops.
    private static string? LoseTheLease()
    {
        var (simulation, visits, clock) = (new Simulation(), new Visits(), new ManualClock());
        var host = simulation.Start(durable => Configure(durable, visits), clock);
        simulation.Run(() => host.Client.StartAsync(Slow.RunCall(), "run"));
        simulation.Start(durable => Configure(durable, visits));
        simulation.PassLeases();
        simulation.Advance(TimeSpan.FromSeconds(11), clock);
        return visits is { All: 2, Inside: 1 } ? null : $"lost lease: {visits.All} bodies, {visits.Inside} inside";
    }

    // Code that no longer asks for what is recorded is set aside before a body of it runs, however fast threads take bodies up.
    private static string? ChangeTheCode()
    {
        var (scheduler, ledger) = (new FastThreads(), new Ledger());
        var host = scheduler.Run(() => DurableHost.StartAsync(durable =>
        {
            Configure(durable, ledger);
            durable.UseInMemory().Services.AddSingleton(new EngineSeams(scheduler, () => Guid.Empty)).AddSingleton<TimeProvider>(new ManualClock());
        }));
        var run = scheduler.Run(() => host.Client.StartAsync(Swapped.RunCall(), "run"));
        // On this scheduler too: it does not wait for the thread pool.
        scheduler.Run(() => run.ResumeAsync().ContinueWith(_ => true, scheduler));
        var status = scheduler.Run(() => run.GetStatusAsync());
        return status == RunStatus.Quarantined && ledger.Requests == 0 ? null : $"changed branch: {status}, {ledger.Requests} bodies";
    }

    private static void Configure(DurableBuilder durable, Ledger ledger)
        => durable.AddWorkflows().Configure(options => options.BuildId = $"build-{ledger.Deployed}").Services.AddSingleton(ledger);

    private static void Configure(DurableBuilder durable, Visits visits) => durable.AddWorkflows().Services.AddSingleton(visits);

    private static void Faulty(DurableBuilder durable, Ledger ledger, Simulation simulation, FaultPlan plan)
    {
        Configure(durable, ledger);
        durable.DecorateStore((_, store) => new FaultyStore(store, plan, simulation.Clock));
    }

    private static void Faulty(DurableBuilder durable, Visits visits, Simulation simulation, FaultPlan plan)
    {
        Configure(durable, visits);
        durable.DecorateStore((_, store) => new FaultyStore(store, plan, simulation.Clock));
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
