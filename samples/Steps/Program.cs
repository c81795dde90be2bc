using Steps;

return await CommandLine.RunAsync(args, async (settings, cancellationToken) =>
{
    var player = new Player(settings);
    if (settings.Examples.Count == 0)
        Console.WriteLine(CommandLine.List);
    foreach (var example in settings.Examples)
        await (settings.Dies ? player.GoOnAsync(example, cancellationToken) : player.PlayAsync(example, cancellationToken));
});
