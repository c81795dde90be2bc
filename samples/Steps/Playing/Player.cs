using Durable;
using Microsoft.Extensions.DependencyInjection;

namespace Steps;

/// <summary>Plays an example on a store of its own.</summary>
public sealed class Player(Settings settings)
{
    /// <summary>Begins anew, in a process that dies where the example asks for one.</summary>
    public async Task PlayAsync(Example example, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{example.Name}: {example.Summary}");
        foreach (var file in Directory.CreateDirectory(settings.Folder).GetFiles($"{example.Name}.*"))
            file.Delete();
        if (example.DiesFirst)
            await FirstProcess.RunAsync(example, settings, cancellationToken);
        await GoOnAsync(example, cancellationToken);
    }

    /// <summary>Goes on with what the store holds, if there is anything.</summary>
    public async Task GoOnAsync(Example example, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Folder);
        var notebook = new Notebook(Path.Combine(settings.Folder, $"{example.Name}.txt"));
        await using var durable = await DurableHost.StartAsync(
            durable =>
            {
                durable.UseSqlite(Path.Combine(settings.Folder, $"{example.Name}.db")).AddWorkflows();
                durable.Services.AddSingleton<Bank>().AddSingleton<Accident>().AddSingleton(notebook).AddSingleton(settings);
            },
            cancellationToken);

        await example.PlayAsync(new Stage(example, durable.Client, notebook, cancellationToken));
        Console.WriteLine(new History(await durable.Client.GetRun(example.Name).GetCheckpointsAsync(cancellationToken)));
    }
}
