using Durable;

namespace MultiStepOperations;

/// <summary>Makes the sign-up of a situation, and the same call again when the first got no answer. Remembers nothing between the calls.</summary>
public sealed class Caller(IDurableClient client, Ledger ledger, Connection connection)
{
    /// <summary>Each trouble strikes once.</summary>
    private const int MaxCalls = 2;

    private static readonly StartOptions s_resume = new() { IfFailed = IfFailed.Resume };

    /// <param name="situation">Who signs up, and what goes wrong.</param>
    /// <param name="before">How it stood when this process began.</param>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    public async Task<SituationResult> RunAsync(Situation situation, Standing before, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{situation.Name}: {situation.Story}");
        var calls = new List<Call>();
        while (calls.Count < MaxCalls && calls is not [.., { Answer: not null }])
        {
            var call = await CallAsync(situation, calls.Count + 1, calls is [.., var last] ? last.After : before, cancellationToken);
            Console.WriteLine(call);
            calls.Add(call);
        }

        return new SituationResult(situation, calls, ledger.Read(situation.Username));
    }

    private async Task<Call> CallAsync(Situation situation, int number, Standing before, CancellationToken cancellationToken)
    {
        SignUp? answer = null;
        string? error = null;
        try
        {
            answer = await SignUpAsync(situation, cancellationToken);
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

        var after = await Standing.LookAsync(situation, client, ledger, cancellationToken);
        return new Call(number, await client.GetRun(situation.RunId).GetStatusAsync(cancellationToken), answer, error, before, after);
    }

    private async Task<SignUp> SignUpAsync(Situation situation, CancellationToken cancellationToken)
    {
        var name = situation.Username;
        var call = SignUpWorkflow.CreateUserWithProfileCall(name, email: $"{name}@example.com", bio: $"I am {name}.");
        var run = await client.StartAsync(call, situation.RunId, s_resume, cancellationToken);
        return connection.Deliver(name, await run.GetResultAsync(cancellationToken));
    }
}
