namespace OrderProcessing;

/// <summary>What one invocation of the program does.</summary>
public interface IStory
{
    Task RunAsync(CancellationToken cancellationToken);
}
