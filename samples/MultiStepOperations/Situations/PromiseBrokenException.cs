namespace MultiStepOperations;

/// <summary>Something ended otherwise than Durable promises.</summary>
public sealed class PromiseBrokenException(IEnumerable<string> complaints) : Exception(string.Join(Environment.NewLine, complaints));
