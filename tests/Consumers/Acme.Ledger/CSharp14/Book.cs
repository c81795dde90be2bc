using Durable;

namespace Acme.Ledger;

internal static class Book
{
    public static WorkflowCall<string>[] Calls => [PostWorkflow.PostCall([new("Ann", 1)]), CloseWorkflow.CloseCall(new Period { Name = " May " }), CloseWorkflow.CloseCall(Period.Unnamed)];
}
