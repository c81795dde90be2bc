namespace Durable.Testing.Faults;

/// <summary>What happens to a call of a store. Wherever a call fails it throws <see cref="StoreException"/>, which tells the caller that it may have taken effect or not.</summary>
public enum FaultKind
{
    /// <summary>The call fails and has not taken effect.</summary>
    FailBefore,

    /// <summary>The call takes effect and then fails: the acknowledgement is lost.</summary>
    FailAfter,

    /// <summary>The call is made twice and the second answer counts, as where a network repeats what was lost only on its way back.</summary>
    DeliverTwice,

    /// <summary>The connection hangs: this call, and every one that follows on it meanwhile, is held for the time of the fault and takes effect then.</summary>
    LateEffect,

    /// <summary>The connection hangs: this call, and every one that follows on it meanwhile, takes effect at once, and the answer is held for the time of the fault.</summary>
    LateAnswer,

    /// <summary>The connection hangs: this call, and every one that follows on it meanwhile, is held for the time of the fault, fails then, and has not taken effect.</summary>
    LateFailure,

    /// <summary>The connection is dead: this call and every one that follows on it fail at once and do not take effect, until the time of the fault has passed.</summary>
    DeadConnection,
}
