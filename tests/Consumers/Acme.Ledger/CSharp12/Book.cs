using Durable;

namespace Acme.Ledger;

internal static class Book
{
    public static WorkflowCall<string>[] Calls => [PostWorkflow.PostCall([new("Ann", 1), new("Bob", 2, "tea")])];
}
