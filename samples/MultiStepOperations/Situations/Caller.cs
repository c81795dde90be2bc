using Durable;

namespace MultiStepOperations;

/// <summary>Makes the sign-up of a situation, and the same call again when the first got no answer.</summary>
public sealed class Caller(Situation situation, IDurableClient client, Ledger ledger, Connection connection)
{
    /// <summary>Each trouble strikes once.</summary>
    private const int MaxCalls = 2;

    /// <summary>The same for every call: nothing is remembered between them but the run's id.</summary>
    private static readonly StartOptions s_resume = new() { IfFailed = IfFailed.Resume };

    private Standing? _before;

    /// <summary>Looks at what an earlier process left. Called before the worker starts, because that goes on with it at once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
        => _before = await Standing.LookAsync(situation, client, ledger, cancellationToken);

    public async Task<SituationResult> RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"{situation.Name}: {situation.Story}");
        var calls = new List<Call>();
        while (calls.Count < MaxCalls && calls is not [.., { Answer: not null }])
        {
            var call = await CallAsync(calls.Count + 1, cancellationToken);
            Console.WriteLine(call);
            calls.Add(call);
        }

        return new SituationResult(situation, calls, ledger.Read(situation.Username));
    }

    private async Task<Call> CallAsync(int number, CancellationToken cancellationToken)
    {
        var before = _before!;
        SignUp? answer = null;
        string? error = null;
        try
        {
            answer = await SignUpAsync(cancellationToken);
        }
        catch (RunFailedException exception)
        {
            var cause = exception.Error.Inner ?? exception.Error; // The run failed because a step did; the step because of this.
            error = $"{cause.TypeName}: {cause.Message}";
        }
        catch (ConnectionLostException exception)
        {
            error = $"{exception.GetType()}: {exception.Message}";
        }

        _before = await Standing.LookAsync(situation, client, ledger, cancellationToken);
        return new Call(number, await client.GetRun(situation.RunId).GetStatusAsync(cancellationToken), answer, error, before, _before);
    }

    private async Task<SignUp> SignUpAsync(CancellationToken cancellationToken)
    {
        var name = situation.Username;
        var call = SignUpWorkflow.CreateUserWithProfileCall(name, email: $"{name}@example.com", bio: $"I am {name}.");
        var run = await client.StartAsync(call, situation.RunId, s_resume, cancellationToken);
        return connection.Deliver(name, await run.GetResultAsync(cancellationToken));
    }
}
