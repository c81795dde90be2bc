namespace MultiStepOperations;

/// <summary>What came of a sign-up: the result of its run.</summary>
public sealed record SignUp(string UserId, string ProfileId);
