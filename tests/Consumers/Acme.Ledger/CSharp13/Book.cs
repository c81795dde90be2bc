using Durable;

namespace Acme.Ledger;

internal static class Book
{
    public static WorkflowCall<string>[] Calls => [PostWorkflow.PostCall([new("Ann", 1)]), SumWorkflow.SumCall(amounts: [1, 2, 3])];
}
