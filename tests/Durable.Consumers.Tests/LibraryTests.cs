using System.Text;
using Acme.Billing;
using Acme.Notices;
using Acme.Shipping;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Consumers.Tests;

/// <summary>Libraries with workflows and steps, taken in by a project that sees the internals of two of them.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task A_workflow_uses_the_steps_of_another_assembly()
    {
        await using var durable = await StartAsync(durable => durable.AddWorkflows());

        Assert.Equal("T-box, notice 1", await durable.Client.RunAsync(ParcelWorkflow.SendCall("box"), runId: "box"));

        Assert.Equal(["box: sent as T-box"], durable.Services.GetRequiredService<NoticeList>().Texts);
        var checkpoints = await durable.Client.GetRun("box").GetCheckpointsAsync();
        Assert.Equal(["/HandOver[box]", "/Notices.Post[box]"], checkpoints.Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public async Task A_friend_assembly_with_workflows_uses_an_internal_step()
    {
        await using var durable = await StartAsync(durable => durable.AddWorkflows());

        Assert.Equal(7.5m, await durable.Client.RunAsync(InvoiceWorkflow.PriceCall("box", 2.5m), runId: "invoice"));
    }

    [Fact]
    public async Task A_friend_assembly_registers_itself_and_what_it_references()
    {
        await using var durable = await StartAsync(durable => durable.AddBilling());

        Assert.Equal(3m, await durable.Client.RunAsync(InvoiceWorkflow.PriceCall("box", 1m)));
        Assert.Equal("T-box, notice 1", await durable.Client.RunAsync(ParcelWorkflow.SendCall("box")));
    }

    [Fact]
    public async Task An_assembly_that_two_callers_register_is_added_once()
    {
        await using var durable = await StartAsync(durable => durable.AddBilling().AddWorkflows());

        Assert.Equal(3m, await durable.Client.RunAsync(InvoiceWorkflow.PriceCall("box", 1m)));
    }

    [Fact]
    public async Task Each_assembly_stores_a_type_by_its_own_context()
    {
        await using var durable = await StartAsync(durable => durable.AddWorkflows());
        var call = RoundWorkflow.TellCall([new Notice("box", "sent"), new Notice("bag", "lost")]);
        Assert.Equal("""{"bundle":[{"Topic":"box","Text":"sent"},{"Topic":"bag","Text":"lost"}]}""", Encoding.UTF8.GetString(call.Input.Span));

        Assert.Equal("2 of 2, sent", await durable.Client.RunAsync(call, runId: "round"));

        Assert.Equal(["box: sent", "bag: lost"], durable.Services.GetRequiredService<NoticeList>().Texts);
        var checkpoint = Assert.Single(await durable.Client.GetRun("round").GetCheckpointsAsync());
        Assert.Equal("""[{"topic":"box","text":"sent"},{"topic":"bag","text":"lost"}]""", Encoding.UTF8.GetString(checkpoint.Result.Span));
    }

    private static Task<DurableHost> StartAsync(Action<DurableBuilder> configure) => DurableHost.StartAsync(durable =>
    {
        durable.Services.AddSingleton<NoticeList>().AddSingleton<INoticeBoard>(services => services.GetRequiredService<NoticeList>());
        configure(durable.UseInMemory());
    });

    private sealed class NoticeList : INoticeBoard
    {
        public List<string> Texts { get; } = [];

        public int Pin(string text)
        {
            Texts.Add(text);
            return Texts.Count;
        }
    }
}
