using Durable.Storage;
using Durable.Testing.Faults;

namespace Durable.Testing.Tests.Faults;

public sealed class FaultyStoreTests
{
    private static readonly WorkflowIdentity s_order = new("Order", 1);

    private readonly ManualClock _clock = new();
    private readonly CountingStore _store;

    public FaultyStoreTests() => _store = new CountingStore(new InMemoryStore(_clock));

    [Fact]
    public async Task A_call_that_fails_before_has_not_taken_effect()
    {
        var faulty = Faulty(new Fault(FaultKind.FailBefore, 1));

        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(faulty));
        Assert.Empty(_store.Verbs);
    }

    [Fact]
    public async Task A_call_that_fails_after_has_taken_effect()
    {
        var faulty = Faulty(new Fault(FaultKind.FailAfter, 1));

        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(faulty));
        Assert.NotNull(await _store.FindRunAsync("run", default));
    }

    [Fact]
    public async Task The_error_names_the_verb_and_the_fault()
    {
        var faulty = Faulty(new Fault(FaultKind.FailAfter, 1));

        var error = await Assert.ThrowsAsync<StoreException>(() => CreateAsync(faulty));
        Assert.Equal("CreateRunAsync fails on purpose: FailAfter at call 1.", error.Message);
    }

    [Fact]
    public async Task Of_a_call_that_is_delivered_twice_the_second_answer_counts()
    {
        var faulty = Faulty(new Fault(FaultKind.DeliverTwice, 1));

        Assert.False((await CreateAsync(faulty)).Created);
        Assert.Equal(["CreateRunAsync", "CreateRunAsync"], _store.Verbs);
    }

    [Fact]
    public async Task A_late_effect_comes_when_the_connection_goes_on()
    {
        var faulty = Faulty(new Fault(FaultKind.LateEffect, 1));
        var call = CreateAsync(faulty);
        _clock.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal((false, 0), (call.IsCompleted, _store.Verbs.Count));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await call).Created);
    }

    [Fact]
    public async Task A_late_answer_is_that_of_a_call_that_took_effect_at_once()
    {
        var faulty = Faulty(new Fault(FaultKind.LateAnswer, 1));
        var call = CreateAsync(faulty);
        Assert.Equal((false, 1), (call.IsCompleted, _store.Verbs.Count));

        _clock.Advance(TimeSpan.FromSeconds(45));

        Assert.True((await call).Created);
        Assert.Single(_store.Verbs);
    }

    [Fact]
    public async Task A_late_failure_has_taken_no_effect()
    {
        var faulty = Faulty(new Fault(FaultKind.LateFailure, 1));
        var call = CreateAsync(faulty);
        Assert.False(call.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(45));

        await Assert.ThrowsAsync<StoreException>(() => call);
        Assert.Empty(_store.Verbs);
    }

    [Theory]
    [InlineData(FaultKind.LateEffect, 2)]
    [InlineData(FaultKind.LateAnswer, 2)]
    [InlineData(FaultKind.LateFailure, 0)]
    public async Task What_follows_on_a_connection_that_hangs_is_held_as_long_as_what_it_held_first(FaultKind kind, int effects)
    {
        var faulty = Faulty(new Fault(kind, 1));
        var first = CreateAsync(faulty);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var second = CreateAsync(faulty, "other");
        _clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(first.IsCompleted || second.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(first.ContinueWith(_ => { }, TaskScheduler.Default), second.ContinueWith(_ => { }, TaskScheduler.Default));
        Assert.Equal(effects, _store.Verbs.Count);
        await faulty.CountRunsAsync(default);
    }

    [Fact]
    public async Task A_dead_connection_fails_at_once_until_its_time_has_passed()
    {
        var faulty = Faulty(new Fault(FaultKind.DeadConnection, 2) { Lasts = TimeSpan.FromSeconds(10) });
        await CreateAsync(faulty);
        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(faulty));
        _clock.Advance(TimeSpan.FromSeconds(9));
        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(faulty, "other"));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await CreateAsync(faulty, "other")).Created);
    }

    [Fact]
    public async Task A_connection_stays_dead_no_longer_because_the_time_of_day_was_set_back()
    {
        var faulty = Faulty(new Fault(FaultKind.DeadConnection, 1));
        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(faulty));
        _clock.SetBack(TimeSpan.FromHours(1));

        _clock.Advance(TimeSpan.FromSeconds(45));

        Assert.True((await CreateAsync(faulty)).Created);
    }

    [Fact]
    public async Task A_connection_dies_for_its_own_host_only_while_calls_are_counted_together()
    {
        var plan = new FaultPlan(new Fault(FaultKind.DeadConnection, 2));
        var (healthy, dead) = (new FaultyStore(_store, plan, _clock), new FaultyStore(_store, plan, _clock));
        await CreateAsync(healthy);
        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(dead));

        await CreateAsync(healthy);
        await Assert.ThrowsAsync<StoreException>(() => CreateAsync(dead));
        Assert.Equal(4, plan.Calls);
    }

    [Fact]
    public async Task Opening_and_entering_are_calls_and_the_disposal_is_none()
    {
        var plan = new FaultPlan();
        var faulty = new FaultyStore(_store, plan, _clock);
        await faulty.InitializeAsync(default);
        await faulty.EnterAsWorkerAsync(default);
        await faulty.DisposeAsync();

        Assert.Equal(2, plan.Calls);
    }

    private FaultyStore Faulty(Fault fault) => new(_store, new FaultPlan(fault), _clock);

    private static Task<CreateRunResult> CreateAsync(IRunStore store, string runId = "run")
        => store.CreateRunAsync(new NewRun { RunId = runId, Workflow = s_order, Input = default, Fingerprint = 0 }, default).AsTask();

    private sealed class CountingStore(IRunStore inner) : DelegatingStore(inner)
    {
        public List<string> Verbs { get; } = [];

        protected override ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call)
        {
            Verbs.Add(verb);
            return call();
        }
    }
}
