namespace Durable.Runtime.Tests.Failure;

/// <summary>The policy as a pure function: which delay, and whether at all.</summary>
public sealed class RetryPolicyTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Delays_double_up_to_the_cap_as_AWS_publishes_them()
    {
        var policy = new RetryPolicy { MaxAttempts = 10, InitialDelay = s_second, BackoffRate = 2, MaxDelay = s_second * 10, Jitter = Jitter.None };
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(1, 6).Select(attempt => policy.DelayAfter(attempt, chance: 0).TotalSeconds));
    }

    [Theory]
    [InlineData(Jitter.None, 0.0, 4.0)]
    [InlineData(Jitter.None, 1.0, 4.0)]
    [InlineData(Jitter.Full, 0.0, 0.0)]
    [InlineData(Jitter.Full, 0.25, 1.0)]
    [InlineData(Jitter.Full, 1.0, 4.0)]
    [InlineData(Jitter.Equal, 0.0, 2.0)]
    [InlineData(Jitter.Equal, 0.25, 2.5)]
    [InlineData(Jitter.Equal, 1.0, 4.0)]
    public void Jitter_spreads_the_delay_over_its_range(Jitter jitter, double chance, double seconds)
        => Assert.Equal(seconds, new RetryPolicy { Jitter = jitter }.DelayAfter(3, chance).TotalSeconds);

    [Fact]
    public void A_first_delay_beyond_the_default_cap_is_its_own_cap()
        => Assert.Equal(TimeSpan.FromHours(1), new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None }.DelayAfter(2, 0));

    [Fact]
    public void A_rate_of_one_waits_the_same_each_time()
    {
        var policy = new RetryPolicy { InitialDelay = s_second, BackoffRate = 1, Jitter = Jitter.None };
        Assert.Equal([1, 1, 1], Enumerable.Range(1, 3).Select(attempt => policy.DelayAfter(attempt, 0).TotalSeconds));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void The_last_of_ten_thousand_delays_is_in_range(int initialSeconds)
    {
        var policy = new RetryPolicy { MaxAttempts = RetryPolicy.MostAttempts, InitialDelay = s_second * initialSeconds, BackoffRate = 100, MaxDelay = RetryPolicy.LongestDelay, Jitter = Jitter.None };
        Assert.Equal(initialSeconds == 0 ? TimeSpan.Zero : RetryPolicy.LongestDelay, policy.DelayAfter(RetryPolicy.MostAttempts - 1, 0));
    }

    [Fact]
    public void The_first_execution_counts_among_the_attempts()
    {
        var policy = new RetryPolicy { MaxAttempts = 3, Jitter = Jitter.None };
        Assert.Equal([true, true, false], Enumerable.Range(1, 3).Select(number => IsRetried(policy, new IOException(), number)));
    }

    [Fact]
    public void Exceptions_that_are_named_are_tried_again_with_those_derived_from_them_and_no_others()
    {
        var policy = new RetryPolicy { RetryOn = [typeof(IOException), typeof(TimeoutException)] };
        Assert.Equal([true, true, true, false], ((Exception[])[new IOException(), new FileNotFoundException(), new TimeoutException(), new FormatException()]).Select(exception => IsRetried(policy, exception)));
    }

    [Fact]
    public void Exceptions_that_are_excluded_are_not_tried_again_even_where_they_are_named()
    {
        var policy = new RetryPolicy { RetryOn = [typeof(IOException)], NeverRetryOn = [typeof(FileNotFoundException)] };
        Assert.Equal([true, false], ((Exception[])[new IOException(), new FileNotFoundException()]).Select(exception => IsRetried(policy, exception)));
    }

    [Fact]
    public void Only_messages_that_the_pattern_finds_a_match_in_are_tried_again()
    {
        var policy = new RetryPolicy { RetryOnMessage = "^rate limit|busy$" };
        Assert.Equal([true, true, false], ((string[])["rate limit reached", "still busy", "busy or not"]).Select(message => IsRetried(policy, new IOException(message))));
    }

    [Fact]
    public void A_pattern_that_does_not_come_to_an_end_is_no_match()
        => Assert.False(IsRetried(new RetryPolicy { RetryOnMessage = "^(a+)+$" }, new IOException(new string('a', 100) + "!")));

    [Fact]
    public void The_predicate_is_asked_about_what_everything_else_would_try_again()
    {
        var asked = new List<RetryAttempt>();
        var policy = new RetryPolicy
        {
            NeverRetryOn = [typeof(FormatException)],
            RetryWhen = attempt =>
            {
                asked.Add(attempt);
                return attempt.Number < 2;
            },
        };
        var exception = new IOException();

        Assert.Equal([true, false, false], [IsRetried(policy, exception, 1), IsRetried(policy, exception, 2), IsRetried(policy, new FormatException(), 1)]);
        Assert.Equal([new(exception, 1, TimeSpan.Zero), new(exception, 2, TimeSpan.Zero)], asked);
    }

    [Fact]
    public void An_exception_that_knows_when_sets_the_delay_whatever_jitter_and_cap_say()
    {
        var policy = new RetryPolicy { MaxDelay = s_second };
        Assert.Equal(s_second * 90, Delay(policy, new BusyException(s_second * 90)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    public void An_exception_that_does_not_know_when_leaves_it_to_the_policy(int? seconds)
        => Assert.Equal(s_second, Delay(new RetryPolicy { Jitter = Jitter.None }, new BusyException(seconds is { } value ? s_second * value : null)));

    [Fact]
    public void An_exception_cannot_make_a_delay_without_end()
        => Assert.Equal(RetryPolicy.LongestDelay, Delay(new RetryPolicy(), new BusyException(TimeSpan.MaxValue)));

    [Fact]
    public void No_attempt_begins_after_the_time_for_all_of_them()
    {
        var policy = new RetryPolicy { MaxElapsed = s_second * 10, Jitter = Jitter.None };
        Assert.Equal(s_second, policy.DelayAfter(new RetryAttempt(new IOException(), 1, s_second * 9), 0));
        Assert.Null(policy.DelayAfter(new RetryAttempt(new IOException(), 1, s_second * 9 + TimeSpan.FromTicks(1)), 0));
    }

    [Fact]
    public void Values_outside_their_ranges_are_refused()
    {
        Assert.All<Func<RetryPolicy>>(
        [
            () => new RetryPolicy { MaxAttempts = 0 },
            () => new RetryPolicy { MaxAttempts = RetryPolicy.MostAttempts + 1 },
            () => new RetryPolicy { InitialDelay = TimeSpan.FromTicks(-1) },
            () => new RetryPolicy { InitialDelay = RetryPolicy.LongestDelay + TimeSpan.FromTicks(1) },
            () => new RetryPolicy { BackoffRate = 0.99 },
            () => new RetryPolicy { BackoffRate = 100.1 },
            () => new RetryPolicy { BackoffRate = double.NaN },
            () => new RetryPolicy { MaxDelay = TimeSpan.FromTicks(-1) },
            () => new RetryPolicy { MaxElapsed = TimeSpan.Zero },
            () => new RetryPolicy { AttemptTimeout = TimeSpan.Zero },
            () => new RetryPolicy { AttemptTimeout = RetryPolicy.LongestAttempt + TimeSpan.FromTicks(1) },
        ],
        make => Assert.Throws<ArgumentOutOfRangeException>(make));
    }

    [Fact]
    public void A_pattern_that_is_none_is_refused() => Assert.ThrowsAny<ArgumentException>(() => new RetryPolicy { RetryOnMessage = "(" });

    private static bool IsRetried(RetryPolicy policy, Exception exception, int number = 1) => policy.DelayAfter(new RetryAttempt(exception, number, TimeSpan.Zero), 0) is not null;

    private static TimeSpan? Delay(RetryPolicy policy, Exception exception) => policy.DelayAfter(new RetryAttempt(exception, 1, TimeSpan.Zero), 0);

    private sealed class BusyException(TimeSpan? retryAfter) : Exception, IRetryAfter
    {
        public TimeSpan? RetryAfter => retryAfter;
    }
}
