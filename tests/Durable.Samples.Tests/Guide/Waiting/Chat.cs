namespace Durable.Samples.Tests.Guide.Waiting;

/// <summary>The workflows of docs/guide/waiting.md that send signals to each other.</summary>
public sealed partial class Chat
{
    [Workflow] public partial Task<string> ListenAsync();
    [Workflow] public partial Task SpeakAsync(string to, string text);

    [Signal] private partial Task<string> SaidAsync();

    private async Task<string> ListenAsyncCore() => $"{await SaidAsync()}, {await SaidAsync()}";

    private async Task SpeakAsyncCore(string to, string text, WorkflowContext workflow) => await workflow.SignalAsync(to, SaidSignal(text));
}
