namespace MultiStepOperations;

/// <summary>The steps as the store and the ledger call them.</summary>
public static class StepNames
{
    public const string CreateUser = "CreateUser";
    public const string CreateProfile = "CreateProfile";

    public static readonly string[] All = [CreateUser, CreateProfile];
}
