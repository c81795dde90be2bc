using Durable.CompilerServices;
using Durable.Testing;

namespace Durable.Runtime.Tests.Workers;

/// <summary>
/// Three workers, each with its own clock, on one store that fails now and then, before a call took effect or after; work runs in random order, workers are paused, come back and stop.
/// However it goes, every run ends in one outcome, and no body runs again after its result was committed.
/// </summary>
public sealed class ChaosTests
{
    private const int Runs = 5;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_run_ends_once_and_no_committed_body_runs_again(int seed)
    {
        try
        {
            new Chaos(seed).Run();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}", exception);
        }
    }

    private sealed class Chaos
    {
        private readonly Random _random;
        private readonly EngineSimulation _simulation;
        private readonly WorkflowDefinition<TestWorkflow.Input, string> _workflow;
        private readonly List<(DurableHost Host, ManualClock Clock)> _workers = [];
        private readonly List<string> _wrong = [];
        private readonly List<TaskCompletionSource> _bodies = [];
        private bool _isCalm;

        public Chaos(int seed)
        {
            _random = new Random(seed);
            _simulation = new EngineSimulation(seed: _random.Next());
            _workflow = TestWorkflow.Define("Chaos", (w, input) => CodeAsync(w, input));
            _simulation.Store.Before = MayFail;
            _simulation.Store.After = MayFail;
        }

        public void Run()
        {
            for (var i = 0; i < 3; i++)
                StartWorker();
            for (var i = 0; i < Runs; i++)
                StartRun($"run {i}");
            for (var i = 0; i < 150; i++)
                Act();
            _isCalm = true;
            for (var i = 0; i < 30; i++)
            {
                OpenBodies();
                foreach (var (_, clock) in _workers)
                    _simulation.Advance(TimeSpan.FromSeconds(3), clock);
                _simulation.Advance(TimeSpan.FromSeconds(3));
            }

            for (var i = 0; i < Runs; i++)
                CheckRun($"run {i}");
            Assert.Empty(_wrong);
            // A commit whose fate is unknown is read back: repeated blindly, the store would have to refuse it.
            Assert.Empty(_simulation.Logs.Of(1302));
            Assert.Empty(_simulation.Logs.Of(1109));
        }

        private void Act()
        {
            switch (_random.Next(10))
            {
                case < 4:
                    _simulation.Advance(TimeSpan.FromSeconds(_random.Next(1, 8)), _workers[_random.Next(_workers.Count)].Clock);
                    break;
                case < 6:
                    _simulation.Advance(TimeSpan.FromSeconds(_random.Next(1, 20)));
                    break;
                case < 9:
                    OpenBodies();
                    break;
                default:
                    Restart(_random.Next(_workers.Count));
                    break;
            }
        }

        private void OpenBodies()
        {
            foreach (var body in _bodies.ToList().Where(_ => _isCalm || _random.Next(2) == 0))
                body.TrySetResult();
            _simulation.Settle();
        }

        // A clean stop, whose grace passes on its own clock; another worker takes its place.
        private void Restart(int which)
        {
            var (host, clock) = _workers[which];
            _workers.RemoveAt(which);
            var stopping = _simulation.Begin(async () =>
            {
                await host.DisposeAsync();
                return true;
            });
            _simulation.Advance(TimeSpan.FromSeconds(45), clock);
            if (!stopping.IsCompleted)
                _wrong.Add("a shutdown stands still");
            StartWorker();
        }

        private void StartWorker()
        {
            var clock = new ManualClock();
            var wasCalm = _isCalm;
            _isCalm = true;
            _workers.Add((_simulation.Start(_workflow, options => options.MaxConcurrentRuns = 3, clock), clock));
            _isCalm = wasCalm;
        }

        private void StartRun(string id)
        {
            while (true)
            {
                try
                {
                    _simulation.Run(() => _workers[0].Host.Client.StartAsync(_workflow.Call(id), id));
                    return;
                }
                catch (StoreException)
                {
                    // As its documentation says: start the same id again.
                }
            }
        }

        private void CheckRun(string id)
        {
            var run = _workers[0].Host.Client.GetRun<string>(id);
            Assert.Equal($"{id}: 0 1 2 x y failed", _simulation.Run(() => run.GetResultAsync()));
            var checkpoints = _simulation.Run(() => run.GetCheckpointsAsync());
            Assert.Equal(["/branch x/step", "/branch y/step", "/fails", "/step[0]", "/step[1]", "/step[2]"], checkpoints.Select(checkpoint => checkpoint.StepId).Order(StringComparer.Ordinal));
            Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Attempt);
            Assert.Single(_simulation.Store.Outcomes, outcome => outcome == id);
        }

        private async Task<string> CodeAsync(WorkflowContext w, string id)
        {
            var parts = new List<string>();
            for (var i = 0; i < 3; i++)
                parts.Add(await w.StepAsync("step", $"{i}", _ => BodyAsync(id, $"/step[{i}]", $"{i}")));
            parts.AddRange(await Task.WhenAll(new[] { "x", "y" }.Select(branch =>
                w.ScopeAsync($"branch {branch}", inner => inner.StepAsync("step", _ => BodyAsync(id, $"/branch {branch}/step", branch))))));
            try
            {
                await w.StepAsync("fails", async _ => throw new InvalidOperationException(await BodyAsync(id, "/fails", "")));
            }
            catch (StepFailedException)
            {
                parts.Add("failed");
            }
            catch (Exception exception)
            {
                _wrong.Add($"the code of {id} saw {exception.GetType().Name}");
                throw;
            }

            return $"{id}: {string.Join(' ', parts)}";
        }

        private async Task<string> BodyAsync(string id, string step, string result)
        {
            if (_simulation.Store.Stored(id, step))
                _wrong.Add($"the body of {step} of {id} ran after its commit");
            if (!_isCalm && _random.Next(2) == 0)
            {
                var body = new TaskCompletionSource();
                _bodies.Add(body);
                await body.Task;
            }

            return result;
        }

        private Task MayFail(string verb, object? request)
            => _isCalm || _random.Next(12) != 0 ? Task.CompletedTask : throw new StoreException($"{verb} fails.");
    }
}
