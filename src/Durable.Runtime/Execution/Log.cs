using Microsoft.Extensions.Logging;

namespace Durable.Execution;

/// <summary>Every line the engine logs. Event ids are stable; no payload and no message of a user's exception is ever part of a line.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Worker {Worker} started with build {BuildId}: {Recovered} run(s) to recover, {Pending} pending, {Quarantined} quarantined, {Unregistered} of workflows that are not registered here")]
    public static partial void WorkerStarted(ILogger log, string worker, string buildId, long recovered, long pending, long quarantined, long unregistered);

    [LoggerMessage(1001, LogLevel.Warning, "{Count} run(s) wait for workflow {Workflow} version {Version}, which is not registered here; they stay queued until a worker knows it")]
    public static partial void WorkflowUnregistered(ILogger log, long count, string workflow, int version);

    [LoggerMessage(1002, LogLevel.Information, "Worker {Worker} stops claiming and gives back its {Count} run(s)")]
    public static partial void WorkerStopping(ILogger log, string worker, int count);

    [LoggerMessage(1003, LogLevel.Information, "Worker {Worker} stopped")]
    public static partial void WorkerStopped(ILogger log, string worker);

    [LoggerMessage(1004, LogLevel.Information, "Worker {Worker} stands by: another process works this store")]
    public static partial void WorkerStandsBy(ILogger log, string worker);

    [LoggerMessage(1005, LogLevel.Warning, "Run {RunId} of {Workflow} was taken over {Takeovers} time(s) in a row from a process that died, or lost it, before it had stored anything of it; at {Limit} it is quarantined")]
    public static partial void RunTakenOver(ILogger log, string runId, string workflow, int takeovers, int limit);

    [LoggerMessage(1006, LogLevel.Warning, "Run {RunId} is to execute alone: nothing more is claimed, and {Count} other run(s) are given back when their bodies have ended")]
    public static partial void IsolationAwaited(ILogger log, string runId, int count);

    [LoggerMessage(1007, LogLevel.Warning, "Run {RunId} executes alone, since processes died while they held it")]
    public static partial void IsolationBegan(ILogger log, string runId);

    [LoggerMessage(1008, LogLevel.Information, "The others go on: run {RunId} has stored something or ended")]
    public static partial void IsolationEnded(ILogger log, string runId);

    [LoggerMessage(1009, LogLevel.Warning, "The others go on beside run {RunId}, which has executed alone for {Time} and stored nothing; no other suspected run executes here meanwhile")]
    public static partial void IsolationPassed(ILogger log, string runId, TimeSpan time);

    [LoggerMessage(1010, LogLevel.Warning, "Run {RunId} cannot execute alone now, since bodies of {Count} other run(s) go on; it is tried again in {Wait}")]
    public static partial void IsolationPutOff(ILogger log, string runId, int count, TimeSpan wait);

    [LoggerMessage(1011, LogLevel.Warning, "Run {RunId} is given back although {Count} of its bodies do not end; what they still do is discarded. Let them observe their cancellation token")]
    public static partial void BodiesLeft(ILogger log, string runId, int count);

    [LoggerMessage(1100, LogLevel.Debug, "Run {RunId} of {Workflow} starts incarnation {Epoch} over {Checkpoints} checkpoint(s)")]
    public static partial void IncarnationStarted(ILogger log, string runId, string workflow, long epoch, int checkpoints);

    [LoggerMessage(1101, LogLevel.Information, "Run {RunId} of {Workflow} completed")]
    public static partial void RunCompleted(ILogger log, string runId, string workflow);

    [LoggerMessage(1102, LogLevel.Warning, "Run {RunId} of {Workflow} failed with {ErrorType}; ResumeAsync runs what failed again")]
    public static partial void RunFailed(ILogger log, string runId, string workflow, string errorType);

    [LoggerMessage(1103, LogLevel.Error, "Run {RunId} of {Workflow} is quarantined: {Reason}")]
    public static partial void RunQuarantined(ILogger log, string runId, string workflow, string reason);

    [LoggerMessage(1104, LogLevel.Warning, "Run {RunId} is dropped in incarnation {Epoch}: {Reason}; it goes on elsewhere")]
    public static partial void RunDropped(ILogger log, string runId, long epoch, string reason);

    [LoggerMessage(1105, LogLevel.Debug, "A continuation of run {RunId} came after incarnation {Epoch} had ended and is ignored")]
    public static partial void LateContinuation(ILogger log, string runId, long epoch);

    [LoggerMessage(1106, LogLevel.Warning, "Workflow code of run {RunId} of {Workflow} has not returned for {Seconds} s. It waits in a blocking way (.Result, Wait(), Thread.Sleep, lock) or computes: await instead, or move the work into a step")]
    public static partial void BlockingWait(ILogger log, string runId, string workflow, double seconds);

    [LoggerMessage(1107, LogLevel.Warning, "The services of run {RunId} could not be disposed: {ErrorType}")]
    public static partial void DisposeFailed(ILogger log, string runId, string errorType);

    [LoggerMessage(1108, LogLevel.Warning, "A cancellation callback of run {RunId} threw {ErrorType}")]
    public static partial void CancellationCallbackFailed(ILogger log, string runId, string errorType);

    [LoggerMessage(1109, LogLevel.Critical, "Run {RunId} could not be driven; it is dropped and tried again when its lease has passed")]
    public static partial void IncarnationBroken(ILogger log, string runId, Exception exception);

    [LoggerMessage(1110, LogLevel.Information, "Run {RunId} is terminated; it was {Status}")]
    public static partial void RunTerminated(ILogger log, string runId, RunStatus status);

    [LoggerMessage(1111, LogLevel.Information, "Run {RunId} was terminated: its code and bodies are stopped in incarnation {Epoch}")]
    public static partial void IncarnationTerminated(ILogger log, string runId, long epoch);

    [LoggerMessage(1113, LogLevel.Warning, "Attempt {Attempt} of run {RunId} of {Workflow} failed with {ErrorType}; the next one follows in {Delay}")]
    public static partial void RunAttemptFailed(ILogger log, string runId, string workflow, int attempt, string errorType, TimeSpan delay);

    [LoggerMessage(1114, LogLevel.Warning, "The error of run {RunId} comes back without its data: {Problem}")]
    public static partial void RunErrorNotBroughtBack(ILogger log, string runId, string problem);

    [LoggerMessage(1115, LogLevel.Information, "Run {RunId} of {Workflow} is being canceled: its code is told, and the tokens of its bodies are canceled")]
    public static partial void CancellationBegins(ILogger log, string runId, string workflow);

    [LoggerMessage(1116, LogLevel.Information, "Run {RunId} of {Workflow} was canceled")]
    public static partial void RunCanceled(ILogger log, string runId, string workflow);

    [LoggerMessage(1117, LogLevel.Information, "Run {RunId} of {Workflow} is being undone: {Count} compensation(s)")]
    public static partial void CompensationBegins(ILogger log, string runId, string workflow, int count);

    [LoggerMessage(1118, LogLevel.Error, "Compensation {Scope} of run {RunId} failed with {ErrorType}; the others go on, and the run cannot be resumed")]
    public static partial void CompensationFailed(ILogger log, string runId, string scope, string errorType);

    [LoggerMessage(1119, LogLevel.Information, "Run {RunId} is to be canceled; it was {Status}")]
    public static partial void CancelRequested(ILogger log, string runId, RunStatus status);

    [LoggerMessage(1112, LogLevel.Debug, "Run {RunId} of {Workflow} is suspended for {Wait}")]
    public static partial void RunSuspended(ILogger log, string runId, string workflow, TimeSpan wait);

    [LoggerMessage(1123, LogLevel.Warning, "Run {RunId} of {Workflow} was suspended while its code awaited foreign work, which has ended now: it runs again when the run goes on. Move it into a step, or await it before the code waits")]
    public static partial void ForeignWorkCutOff(ILogger log, string runId, string workflow);

    [LoggerMessage(1120, LogLevel.Debug, "Run {RunId} of {Workflow} is suspended until a message comes")]
    public static partial void RunAwaitsMessage(ILogger log, string runId, string workflow);

    [LoggerMessage(1200, LogLevel.Debug, "Step {StepId} of run {RunId} executed, succeeded: {Succeeded}")]
    public static partial void StepExecuted(ILogger log, string runId, string stepId, bool succeeded);

    [LoggerMessage(1201, LogLevel.Debug, "Step {StepId} of run {RunId} replayed from incarnation {Epoch}")]
    public static partial void StepReplayed(ILogger log, string runId, string stepId, long epoch);

    [LoggerMessage(1202, LogLevel.Debug, "Step {StepId} of run {RunId} was abandoned by cancellation; its body runs again")]
    public static partial void StepAbandoned(ILogger log, string runId, string stepId);

    [LoggerMessage(1203, LogLevel.Debug, "The outcome of step {StepId} of run {RunId} came after the incarnation had ended and is discarded")]
    public static partial void LateOutcome(ILogger log, string runId, string stepId);

    [LoggerMessage(1204, LogLevel.Warning, "Step {StepId} of run {RunId} was recorded by build {RecordedBuild} with other arguments than build {BuildId} calls it with; the stored outcome is used")]
    public static partial void ArgumentsChanged(ILogger log, string runId, string stepId, string recordedBuild, string buildId);

    [LoggerMessage(1205, LogLevel.Information, "Step {StepId} of run {RunId} failed with {ErrorType}")]
    public static partial void StepFailed(ILogger log, string runId, string stepId, string errorType);

    [LoggerMessage(1206, LogLevel.Information, "Attempt {Attempt} of step {StepId} of run {RunId} failed with {ErrorType}; the next one follows in {Delay}")]
    public static partial void AttemptFailed(ILogger log, string runId, string stepId, int attempt, string errorType, TimeSpan delay);

    [LoggerMessage(1207, LogLevel.Warning, "The body of step {StepId} of run {RunId} goes on although attempt {Attempt} has timed out and it was waited for; what it still does is not listened to. Let it observe its cancellation token")]
    public static partial void BodyOutlivesAttempt(ILogger log, string runId, string stepId, int attempt);

    [LoggerMessage(1208, LogLevel.Warning, "The retry policy of step {StepId} of run {RunId} threw {ErrorType}; the step is not tried again")]
    public static partial void RetryPolicyFailed(ILogger log, string runId, string stepId, string errorType);

    [LoggerMessage(1209, LogLevel.Warning, "{ErrorType}, by which step {StepId} of run {RunId} failed, is stored without its data and comes back by its names alone: {Problem}")]
    public static partial void ErrorDataLost(ILogger log, string runId, string stepId, string errorType, string problem);

    [LoggerMessage(1300, LogLevel.Warning, "The store did not answer; trying again")]
    public static partial void StoreUnavailable(ILogger log, Exception exception);

    [LoggerMessage(1301, LogLevel.Warning, "Whether a commit of run {RunId} in incarnation {Epoch} took effect is unknown; reading it back")]
    public static partial void CommitUnknown(ILogger log, string runId, long epoch, Exception exception);

    [LoggerMessage(1220, LogLevel.Debug, "Branch {Scope} of run {RunId} is abandoned with {Count} call(s) under way: its map has ended")]
    public static partial void BranchAbandoned(ILogger log, string runId, string scope, int count);

    [LoggerMessage(1221, LogLevel.Debug, "The body of step {StepId} of run {RunId} ended after its branch had been abandoned; what came of it is discarded")]
    public static partial void OutcomeOfAbandoned(ILogger log, string runId, string stepId);

    [LoggerMessage(1302, LogLevel.Critical, "The store refused a commit of run {RunId} in a way it must not; the run is dropped and tried again when its lease has passed")]
    public static partial void CommitImpossible(ILogger log, string runId, Exception exception);

    [LoggerMessage(1303, LogLevel.Error, "What the store holds of run {RunId} is damaged; it is dropped")]
    public static partial void RunDamaged(ILogger log, string runId, Exception exception);

    [LoggerMessage(1304, LogLevel.Information, "{Count} run(s) were purged")]
    public static partial void RunsPurged(ILogger log, long count);

    [LoggerMessage(1310, LogLevel.Information, "An operator decided on step {StepId} of run {RunId}: {Decision}")]
    public static partial void StepDecided(ILogger log, string runId, string stepId, string decision);
}
