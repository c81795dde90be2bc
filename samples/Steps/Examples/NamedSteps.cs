using Durable;

namespace Steps;

/// <summary>The names under which steps are found again: in the store, in logs, in tests.</summary>
public static partial class NamedSteps
{
    [Workflow] public static partial Task<string> NameAsync();

    [Step] private static partial Task ProcessPaymentAsync(decimal amount);          // Named by its method.
    [Step("welcome-mail")] private static partial Task GreetAsync();                 // Named by hand: the method may be renamed.
    [Step] private static partial Task ShipAsync([StepKey] string parcel);           // Each parcel has an id of its own.

    private static async Task<string> NameAsyncCore()
    {
        await ProcessPaymentAsync(100);
        await ProcessPaymentAsync(5); // The same name again: the second one is counted.
        await GreetAsync();
        foreach (var parcel in (string[])["north", "south"])
            await ShipAsync(parcel);
        return "on its way";
    }

    private static void ProcessPaymentAsyncCore(decimal amount, StepContext step) => Console.WriteLine($"  {step.StepId} takes {amount}");
    private static void GreetAsyncCore(StepContext step) => Console.WriteLine($"  {step.StepId} says hello");
    private static void ShipAsyncCore(string parcel, StepContext step) => Console.WriteLine($"  {step.StepId} ships to the {parcel}");
}
